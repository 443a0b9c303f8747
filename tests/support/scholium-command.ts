import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');

export interface CommandResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  /** Holds the user's own library, the logs and the keys. */
  readonly dataFolder: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Where root starts it as another user, permissions mean something to it. */
  readonly uid?: number;
  /** Writes beyond so many blocks of a file fail, as on a disk that fails in the middle of a write. */
  readonly fileLimitBlocks?: number;
}

/** A `scholium` command under way. */
export interface RunningCommand {
  readonly pid: number;
  /** The next line of its result. Rejects when it ends without one. */
  line(): Promise<string>;
  /** Waits until stderr holds `text`. Rejects when it ends without it. */
  said(text: string): Promise<void>;
  signal(name: NodeJS.Signals): void;
  readonly ended: Promise<CommandResult>;
}

/** Runs the command line from its sources and waits for its end. */
export function scholium(args: readonly string[], options: CommandOptions): Promise<CommandResult> {
  return startScholium(args, options).ended;
}

export function startScholium(args: readonly string[], options: CommandOptions): RunningCommand {
  const program = [process.execPath, resolve(root, 'electron/cli/index.ts'), ...args];
  const limit = options.fileLimitBlocks;
  const [file = '', ...rest] =
    limit === undefined
      ? program
      : ['sh', '-c', `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`, ...program];
  const child = spawn(file, rest, {
    ...(options.uid !== undefined && { uid: options.uid }),
    cwd: options.cwd ?? options.dataFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...withoutKeys(process.env), SCHOLIUM_DATA_FOLDER: options.dataFolder, ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
  const ended = once(child, 'close').then(([code]: unknown[]): CommandResult => ({
    exitCode: z.number().nullable().parse(code),
    stdout,
    stderr,
  }));
  const orEnd = async (work: Promise<string | void>): Promise<string> => {
    const first = await Promise.race([work.then((text) => ({ text: text ?? '' })), ended]);
    if ('text' in first) return first.text;
    throw new Error(`The command ended with ${first.exitCode}: ${first.stderr}`);
  };
  return {
    pid: z.number().parse(child.pid),
    line: () => orEnd(nextLine(child)),
    said: async (text) => {
      await orEnd(untilSaid(child, () => stderr.includes(text)));
    },
    signal: (name) => void child.kill(name),
    ended,
  };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

async function nextLine(child: Child): Promise<string> {
  const [line]: unknown[] = await once(createInterface({ input: child.stdout }), 'line');
  return z.string().parse(line);
}

async function untilSaid(child: Child, isSaid: () => boolean): Promise<void> {
  while (!isSaid()) await once(child.stderr, 'data');
}

/** No test may spend what belongs to the person who runs it, nor open that person's browser. */
function withoutKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, DISPLAY: _x, WAYLAND_DISPLAY: _w, ...rest } = env;
  return rest;
}
