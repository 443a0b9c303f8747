import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { afterEach, beforeEach, expect, test } from 'vitest';

const desktopModule = new URL('../../../build/desktop.mjs', import.meta.url).href;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scholium-desktop-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

interface Options {
  readonly binary?: string;
  readonly env?: Record<string, string>;
  readonly elapsedMs?: number;
}

/** `npm start` with Node in Electron's place, which runs `main` as the app; prints what it came to. */
function startDesktop(main: string, { binary = process.execPath, env = {}, elapsedMs }: Options = {}) {
  const app = join(folder, 'app.mjs');
  writeFileSync(app, main);
  const clock = elapsedMs === undefined ? '' : `nowMs: ((times) => () => times.shift())([0, ${elapsedMs}]), `;
  const script = `
    import { runDesktop } from ${JSON.stringify(desktopModule)};
    const opened = await runDesktop(
      ${JSON.stringify(binary)}, ['--library', 'a b.scholium'], { ${clock}app: ${JSON.stringify(app)} });
    console.log(opened ? 'desktop' : 'browser next');`;
  return spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
}

async function outcome(child: ChildProcess): Promise<{ code: unknown; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, 'close')) as [unknown];
  return { code, stdout, stderr };
}

test('the app gets its arguments, and no variable that would make Electron a bare Node', async () => {
  const main = 'console.log(JSON.stringify([process.argv.slice(2), process.env.ELECTRON_RUN_AS_NODE]));';
  const ended = await outcome(startDesktop(main, { env: { ELECTRON_RUN_AS_NODE: '1' } }));
  expect(ended).toEqual({
    code: 0,
    stdout: '[["--library","a b.scholium"],null]\ndesktop\n',
    stderr: '',
  });
});

test.each([
  ['is killed by a signal of its own', 'process.abort();', /could not start \(SIGABRT\)/],
  ['ends with a code', 'process.exit(127);', /could not start \(code 127\)/],
])('an Electron that %s at once makes way for the browser', async (_name, main, why) => {
  const ended = await outcome(startDesktop(main));
  expect(ended).toMatchObject({ code: 0, stdout: 'browser next\n', stderr: expect.stringMatching(why) });
});

test('an Electron that cannot be run at all makes way for the browser', async () => {
  const ended = await outcome(startDesktop('', { binary: join(folder, 'nothing') }));
  expect(ended).toMatchObject({ stdout: 'browser next\n', stderr: expect.stringContaining('(ENOENT)') });
});

test('a window that was open and ended badly does not come back as a browser', async () => {
  const ended = await outcome(startDesktop('process.exit(3);', { elapsedMs: 60_000 }));
  expect(ended).toMatchObject({ code: 3, stdout: 'desktop\n', stderr: '' });
});

test('ended on purpose soon after its start, it stays ended', async () => {
  const child = startDesktop(`
    process.on('SIGTERM', () => process.exit(5));
    setInterval(() => {}, 1000);
    console.log('ready');`);
  const end = outcome(child);
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await end).toMatchObject({ code: 5, stdout: 'ready\ndesktop\n' });
});
