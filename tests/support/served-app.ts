import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** The built program in a process of its own, serving its window. */
export interface ServedApp {
  /** Lets a browser in; holds the token. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly libraryPath: string;
  /** Everything it has written to stderr so far. */
  errorOutput(): string;
  /** Ends it as Ctrl+C does; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

export interface ServedAppOptions {
  /** Holds the library, the logs and the keys; keep it to start again on what was written. */
  readonly dataFolder: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

const root = resolve(import.meta.dirname, '../..');
const firstLine = z.object({ url: z.url(), port: z.int().positive() });

/** Starts `dist/backend/cli.js serve`. Rejects with what it said when it ends before it serves. */
export async function serveApp({ dataFolder, env = {}, args = [] }: ServedAppOptions): Promise<ServedApp> {
  const libraryPath = join(dataFolder, 'library.scholium');
  const program = join(root, 'dist/backend/cli.js');
  const ownArgs = ['serve', '--library', libraryPath, '--no-open', '--json', ...args];
  const child = spawn(process.execPath, [program, ...ownArgs], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutKeys(process.env), SCHOLIUM_DATA_FOLDER: dataFolder, ...env },
  });
  let errorOutput = '';
  child.stderr.on('data', (chunk: Buffer) => (errorOutput += chunk.toString('utf8')));
  const exited = once(child, 'exit').then(([code]: unknown[]) => z.number().nullable().parse(code));

  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([text]: unknown[]) => z.string().parse(text)),
    exited.then((code) => {
      throw new Error(`The program ended with ${code} before it served: ${errorOutput}`);
    }),
  ]);
  const { url, port } = firstLine.parse(JSON.parse(line));
  const end = (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return exited;
  };
  return {
    url,
    port,
    pid: z.number().parse(child.pid),
    libraryPath,
    errorOutput: () => errorOutput,
    stop: () => end('SIGINT'),
    kill: async () => void (await end('SIGKILL')),
  };
}

/** An empty folder for one test's app, and its removal. */
export async function temporaryDataFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'scholium-app-'));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** No test may spend what belongs to the person who runs it. */
function withoutKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, ...rest } = env;
  return rest;
}
