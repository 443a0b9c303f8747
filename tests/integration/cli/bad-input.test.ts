import Database from 'better-sqlite3';
import { createServer } from 'node:http';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startModelServer } from '#tests/support/model-server/index.ts';
import type { Fault, ModelServer } from '#tests/support/model-server/index.ts';
import { scholium } from '#tests/support/scholium-command.ts';
import type { CommandResult } from '#tests/support/scholium-command.ts';
import { temporaryDataFolder } from '#tests/support/served-app.ts';
import { writeProblems } from './problem-file.ts';

vi.setConfig({ testTimeout: 60_000 });

let models: ModelServer;
let data: { path: string; remove(): Promise<void> };

beforeAll(async () => {
  models = await startModelServer();
});
afterAll(() => models.close());
beforeEach(async () => {
  data = await temporaryDataFolder();
});
afterEach(() => data.remove());

const command = (...args: string[]): Promise<CommandResult> => scholium(args, { dataFolder: data.path });
const runOn = (url: string, file: string): Promise<CommandResult> =>
  scholium(['run', file, '--provider', 'compatible', '--base-url', url, '--model', 'm1', '--json'], {
    dataFolder: data.path,
    env: { SCHOLIUM_COMPATIBLE_API_KEY: 'sk-some-key' },
  });

const failedRun = z.tuple([
  z.object({
    state: z.literal('failed'),
    answer: z.string(),
    error: z.object({ code: z.string(), message: z.string() }),
  }),
]);

/** One entry that failed with this code, told in one sentence, in JSON and on stderr. */
function expectFailed({ exitCode, stdout, stderr }: CommandResult, code: string): string {
  expect(exitCode).toBe(1);
  const [{ error, answer }] = failedRun.parse(JSON.parse(stdout));
  expect(error.code).toBe(code);
  expect(error.message.length).toBeGreaterThan(20);
  expect(stderr).toContain(error.message);
  return answer;
}

/** Nothing was done, and one sentence says why. */
function expectRefused({ exitCode, stdout, stderr }: CommandResult, says: string): void {
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
}

describe('a server that fails ends a run with one sentence', () => {
  const faults: readonly [what: string, fault: Fault, code: string][] = [
    ['an unknown model', { type: 'model-not-found' }, 'model-unknown'],
    ['a wrong key', { type: 'unauthorized' }, 'key-refused'],
    ['an exhausted quota', { type: 'quota', code: 'insufficient_quota' }, 'quota-exhausted'],
    ['an address that is no API', { type: 'not-found-html' }, 'not-an-api'],
    ['a page instead of an answer', { type: 'html' }, 'not-an-api'],
    ['rubbish in the stream', { type: 'garble', afterEvents: 3 }, 'response-garbled'],
  ];

  test.each(faults)('%s', async (_what, fault, code) => {
    models.script({ fault });
    expectFailed(await runOn(models.url, writeProblems(data.path, ['What is it?'])), code);
  });

  test('closing early, with the text that came before', async () => {
    models.script({ text: ['Half of it', ' and more'], fault: { type: 'cut', afterEvents: 3 } });
    const ran = await runOn(models.url, writeProblems(data.path, ['What is it?']));
    expect(ran.exitCode).toBe(1);
    const [result] = z
      .tuple([z.object({ state: z.string(), answer: z.string(), error: z.object({ code: z.string() }) })])
      .parse(JSON.parse(ran.stdout));
    expect(result.state).not.toBe('completed');
    expect(result.answer).toContain('Half of it');
    expect(result.error.code).toBe('run-cut-short');
  });

  test('nobody listening there', async () => {
    const nobody = createServer();
    const port = await new Promise<number>((resolve) => {
      nobody.listen(0, '127.0.0.1', () => resolve(z.object({ port: z.int() }).parse(nobody.address()).port));
    });
    await new Promise((resolve) => nobody.close(resolve));
    const ran = await runOn(`http://127.0.0.1:${port}/v1`, writeProblems(data.path, ['What is it?']));
    expectFailed(ran, 'server-unreachable');
  });

  test('an answer of 10 MB, of which what was received is kept', async () => {
    models.script({ fault: { type: 'huge', chars: 10_000_000 } });
    const ran = await runOn(models.url, writeProblems(data.path, ['What is it?']));
    const [result] = z
      .tuple([z.object({ state: z.string(), answer: z.string() })])
      .parse(JSON.parse(ran.stdout));
    expect(result.answer.length).toBeGreaterThan(1_000_000);
    expect([0, 1]).toContain(ran.exitCode);
    expect(result.state === 'completed').toBe(ran.exitCode === 0);
  });
});

describe('what can be seen beforehand is refused before anything is sent', () => {
  test.each([
    ['a retired model', ['--provider', 'openai', '--model', 'o1-preview'], 'was shut down on'],
    ['no model at all', ['--provider', 'openai'], 'No model has been chosen'],
    [
      'an address that is none',
      ['--provider', 'compatible', '--base-url', 'x', '--model', 'm'],
      'not a server',
    ],
  ])('%s', async (_what, args, says) => {
    expectRefused(await command('run', writeProblems(data.path, ['What is it?']), ...args), says);
  });
});

describe('a file that cannot be taken', () => {
  test('not in UTF-8', async () => {
    const file = join(data.path, 'latin.md');
    writeFileSync(file, Buffer.from([0x23, 0x20, 0x41, 0xe4, 0x0a]));
    for (const verb of [['import'], ['run'], ['export', '--to', 'pdf']]) {
      expectRefused(await command(...verb, file), 'is not UTF-8 text');
    }
  });

  test('with a ::: that is never closed', async () => {
    const file = join(data.path, 'open.md');
    writeFileSync(file, '# A\n\n::: {.problem}\nnever closed\n');
    expectRefused(await command('import', file), 'opened in line 3');
    expectRefused(await command('run', file), 'opened in line 3');
  });

  test('but a formula of 100,000 characters is imported, and printed as its source', async () => {
    const file = writeProblems(data.path, [`$$${'x+'.repeat(50_000)}1$$`]);
    expect((await command('import', file)).exitCode).toBe(0);
    const output = join(data.path, 'out.pdf');
    expect((await command('export', file, '--to', 'pdf', '-o', output)).exitCode).toBe(0);
    expect(readFileSync(output).subarray(0, 5).toString()).toBe('%PDF-');
  });
});

describe('a library that cannot be opened is left as it was', () => {
  const verbs = (library: string): string[][] => [
    ['list', '--library', library],
    ['import', writeProblems(data.path, ['$1$']), '--library', library],
    ['serve', '--no-open', '--json', '--library', library],
  ];

  test('not SQLite', async () => {
    const library = join(data.path, 'notes.scholium');
    writeFileSync(library, 'These are my notes, and no library. '.repeat(100));
    const before = readFileSync(library);
    for (const args of verbs(library)) expectRefused(await command(...args), 'is not a Scholium library');
    expect(readFileSync(library).equals(before)).toBe(true);
  });

  test('written by a newer Scholium', async () => {
    const library = join(data.path, 'newer.scholium');
    expect((await command('import', writeProblems(data.path, ['$1$']), '--library', library)).exitCode).toBe(
      0,
    );
    const db = new Database(library);
    db.pragma('user_version = 9999');
    db.close();
    const copy = join(data.path, 'copy.scholium');
    copyFileSync(library, copy);
    for (const args of verbs(library)) expectRefused(await command(...args), 'by a newer Scholium');
    expect(readFileSync(library).equals(readFileSync(copy))).toBe(true);
  });

  test('not writable', async () => {
    const folder = join(data.path, 'locked');
    mkdirSync(folder);
    const library = join(folder, 'library.scholium');
    const file = writeProblems(data.path, ['$1$']);
    expect((await command('import', file, '--library', library)).exitCode).toBe(0);
    chmodSync(library, 0o444);
    chmodSync(folder, 0o555);
    chmodSync(data.path, 0o777);
    const before = readFileSync(library);
    // Permissions mean nothing to root: the command becomes somebody they do mean something to.
    const asNobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    for (const args of [['list'], ['import', file]]) {
      const refused = await scholium([...args, '--library', library], { dataFolder: data.path, ...asNobody });
      expectRefused(refused, 'cannot be written to');
    }
    chmodSync(folder, 0o755);
    expect(readFileSync(library).equals(before)).toBe(true);
  });

  test('on a disk that takes no more: what was there stays, and nothing half imported', async () => {
    const library = join(data.path, 'library.scholium');
    const small = writeProblems(data.path, ['$1$']);
    expect((await command('import', small, '--library', library)).exitCode).toBe(0);
    const large = writeProblems(data.path, ['x'.repeat(3_000_000)], 'large.md');
    const refused = await scholium(['import', large, '--library', library], {
      dataFolder: data.path,
      fileLimitBlocks: 1_000,
    });
    expectRefused(refused, library);
    expect(JSON.parse((await command('list', '--json', '--library', library)).stdout)).toHaveLength(1);
  });

  test('in a folder that is not there', async () => {
    const library = join(data.path, 'none', 'x.scholium');
    const [list = [], ...making] = verbs(library);
    expectRefused(await command(...list), 'was not found');
    for (const args of making) expectRefused(await command(...args), 'cannot be opened');
  });

  test('that is not there: looking into it makes none', async () => {
    const library = join(data.path, 'mistyped.scholium');
    expectRefused(await command('list', '--library', library), 'was not found');
    expectRefused(await command('run', 'some-id', '--library', library), 'was not found');
    expect(existsSync(library)).toBe(false);
  });
});
