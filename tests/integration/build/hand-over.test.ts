import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const handOverModule = new URL('../../../build/hand-over.mjs', import.meta.url).href;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scholium-hand-over-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A wrapper around `program`, as `npm start` is one around the server. */
function wrap(program: string, ...args: string[]): ChildProcess {
  const script = join(folder, 'program.mjs');
  writeFileSync(script, program);
  const wrapper = `
    import { handOver } from ${JSON.stringify(handOverModule)};
    await handOver(process.execPath, ${JSON.stringify(script)}, ${JSON.stringify(args)});`;
  return spawn(process.execPath, ['--input-type=module', '--eval', wrapper], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function ended(child: ChildProcess): Promise<{ code: unknown; signal: unknown; output: string }> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [unknown, unknown];
  return { code, signal, output };
}

test.each([0, 1, 2, 77])('the program’s exit code %i is the command’s', async (code) => {
  const child = wrap(`process.exitCode = ${code};`);
  expect(await ended(child)).toMatchObject({ code, signal: null });
});

test('arguments arrive as they were written', async () => {
  const args = ['run', 'a b.md', '--model', '', '"quoted"', '$HOME', '--json'];
  const { output } = await ended(wrap('console.log(JSON.stringify(process.argv.slice(2)));', ...args));
  expect(JSON.parse(output)).toEqual(args);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s reaches the program once, which may end in its own way',
  async (signal) => {
    const child = wrap(`
    let seen = 0;
    process.on('${signal}', () => {
      seen += 1;
      setImmediate(() => { console.log('saved', seen); process.exit(5); });
    });
    setInterval(() => {}, 1000);
    console.log('ready');`);
    const end = ended(child);
    await once(child.stdout ?? child, 'data');
    child.kill(signal);
    expect(await end).toEqual({ code: 5, signal: null, output: 'ready\nsaved 1\n' });
  },
);

test('a program that dies by a signal takes its wrapper along in the same way', async () => {
  const child = wrap("process.kill(process.pid, 'SIGKILL');");
  expect(await ended(child)).toMatchObject({ code: null, signal: 'SIGKILL' });
});
