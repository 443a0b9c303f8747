import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { startModelServer } from '#tests/support/model-server/index.ts';
import type { ModelServer } from '#tests/support/model-server/index.ts';
import { scholium, startScholium } from '#tests/support/scholium-command.ts';
import type { CommandResult } from '#tests/support/scholium-command.ts';
import { temporaryDataFolder } from '#tests/support/served-app.ts';
import { writeProblems } from './problem-file.ts';

// Each starts several processes, on machines that may be doing other things.
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
const toServer = (): string[] => ['--provider', 'compatible', '--base-url', models.url, '--model', 'm1'];
const imported = z.array(z.strictObject({ notebookId: z.string(), title: z.string(), cells: z.int() }));
const count = z.int().nullable();
const results = z.array(
  z.strictObject({
    cell: z.int(),
    state: z.string(),
    provider: z.string(),
    model: z.string(),
    effort: z.string().nullable(),
    waitMs: z.number().nullable(),
    thinkingMs: z.number().nullable(),
    writingMs: z.number().nullable(),
    usage: z.strictObject({
      inputTokens: count,
      cachedInputTokens: count,
      outputTokens: count,
      reasoningTokens: count,
    }),
    costNanoUsd: count,
    answer: z.string(),
    error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
  }),
);
const readResults = ({ stdout }: CommandResult): z.infer<typeof results> => results.parse(JSON.parse(stdout));

describe('import and list', () => {
  test('make a notebook of each file and list them, in JSON and in words', async () => {
    const files = [
      writeProblems(data.path, ['$1+1$'], 'one.md'),
      writeProblems(data.path, ['$2$', '$3$'], 'two.md'),
    ];
    const made = await command('import', ...files, '--json');
    expect([made.exitCode, made.stderr]).toEqual([0, '']);
    const notebooks = imported.parse(JSON.parse(made.stdout));
    expect(notebooks.map(({ title, cells }) => [title, cells])).toEqual([
      ['Some problems', 2],
      ['Some problems', 3],
    ]);
    const listed = await command('list', '--json');
    const rows = imported.parse(JSON.parse(listed.stdout));
    expect(new Set(rows.map(({ notebookId }) => notebookId))).toEqual(
      new Set(notebooks.map(({ notebookId }) => notebookId)),
    );
    const inWords = await command('list');
    for (const { notebookId } of notebooks) expect(inWords.stdout).toContain(notebookId);
  });

  test('make nothing at all when one of the files is bad', async () => {
    const good = writeProblems(data.path, ['$1$']);
    const bad = join(data.path, 'bad.md');
    writeFileSync(bad, '# A\n\n::: {.problem}\nnever closed\n');
    const failed = await command('import', good, bad, '--json');
    expect([failed.exitCode, failed.stdout]).toEqual([2, '']);
    expect((await command('list', '--json')).stdout).toBe('[]\n');
  });

  test('work on the library that --library names', async () => {
    const library = join(data.path, 'other.scholium');
    await command('import', writeProblems(data.path, ['$1$']), '--library', library);
    expect(JSON.parse((await command('list', '--json', '--library', library)).stdout)).toHaveLength(1);
    expect((await command('list', '--json')).stdout).toBe('[]\n');
  });
});

describe('run', () => {
  test('answers a file’s problems in memory, leaving no library behind', async () => {
    const file = writeProblems(data.path, ['Evaluate $1+1$', 'Evaluate $2+3$']);
    const ran = await command('run', file, '--json');
    expect(ran.exitCode).toBe(0);
    const answers = readResults(ran);
    expect(answers.map(({ cell, state, provider, model }) => ({ cell, state, provider, model }))).toEqual([
      { cell: 1, state: 'completed', provider: 'solver', model: 'solver' },
      { cell: 2, state: 'completed', provider: 'solver', model: 'solver' },
    ]);
    expect(answers[0]?.answer).toContain('2');
    expect(answers[1]?.answer).toContain('5');
    expect(readdirSync(data.path).filter((name) => name.includes('scholium'))).toEqual([]);
  });

  test('reports times, usage and answer of a server, and null for what it did not report', async () => {
    const file = writeProblems(data.path, ['What is it?']);
    models.script({
      waitMs: 100,
      thinkMs: 1_000,
      writeMs: 100,
      thinkingText: ['hm', 'yes'],
      dialect: 'ollama',
    });
    const ran = await command('run', file, ...toServer(), '--json');
    expect(ran.exitCode).toBe(0);
    const [result] = readResults(ran);
    expect(result?.answer).toBe('The answer is $42$.');
    expect(result?.usage).toEqual({
      inputTokens: 12,
      cachedInputTokens: null,
      outputTokens: 34,
      reasoningTokens: null,
    });
    expect(result?.thinkingMs).toBeGreaterThan(500);
    expect(result).toMatchObject({ costNanoUsd: null, error: null, effort: null, model: 'm1' });
  });

  test('sends the model and effort it was given to the OpenAI provider’s own interface', async () => {
    const file = writeProblems(data.path, ['What is it?']);
    const before = models.ledger.answers().length;
    const args = ['--provider', 'openai', '--base-url', models.url, '--model', 'gpt-5', '--effort', 'low'];
    const ran = await scholium(['run', file, ...args, '--json'], {
      dataFolder: data.path,
      env: { OPENAI_API_KEY: 'sk-test' },
    });
    expect([ran.exitCode, readResults(ran)[0]?.effort]).toEqual([0, 'low']);
    const entry = models.ledger.answers()[before];
    expect(entry?.path).toContain('/responses');
    expect(entry?.body).toMatchObject({ model: 'gpt-5', reasoning: { effort: 'low' } });
    expect(ran.stderr + ran.stdout).not.toContain('sk-test');
  });

  test('counts problems from 1, and runs only the one that --cell names', async () => {
    const file = writeProblems(data.path, ['Evaluate $1+1$', 'Evaluate $2+3$']);
    const ran = await command('run', file, '--cell', '2', '--json');
    expect(readResults(ran).map(({ cell }) => cell)).toEqual([2]);
    const missing = await command('run', file, '--cell', '3');
    expect([missing.exitCode, missing.stdout]).toEqual([2, '']);
    expect(missing.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('exits with 1 when one run did not complete, and still answers the others', async () => {
    const file = writeProblems(data.path, ['Evaluate $1+1$', 'Tell me about the sea.']);
    const ran = await command('run', file, '--json');
    expect(ran.exitCode).toBe(1);
    expect(readResults(ran).map(({ state, error }) => [state, error?.code ?? null])).toEqual([
      ['completed', null],
      ['failed', 'solver-prose'],
    ]);
  });

  test('says so in JSON and with 1 also when the only problem cannot be run', async () => {
    const file = writeProblems(data.path, ['Tell me about the sea.']);
    const ran = await command('run', file, '--provider', 'solver', '--json');
    expect(ran.exitCode).toBe(1);
    expect(readResults(ran)).toMatchObject([
      { cell: 1, state: 'failed', answer: '', error: { code: 'solver-prose' } },
    ]);
    expect(ran.stderr).toContain('The solver evaluates formulas; choose a model for this.');
  });

  test('keeps runs in the library of a notebook, also for a file that --library takes in', async () => {
    const library = ['--library', join(data.path, 'kept.scholium')];
    const file = writeProblems(data.path, ['Evaluate $1+1$']);
    expect((await command('run', file, ...library, '--json')).exitCode).toBe(0);
    const [notebook] = imported.parse(JSON.parse((await command('list', ...library, '--json')).stdout));
    const again = await command('run', notebook?.notebookId ?? '', ...library);
    expect(again.exitCode).toBe(0);
    expect(again.stdout).toContain('Solver');
  });

  test('prints progress as plain lines on stderr where there is no terminal', async () => {
    const ran = await command('run', writeProblems(data.path, ['Evaluate $1+1$']), '--json');
    expect(ran.stderr.split('\n')).toContain('Problem 1: answered');
    expect(ran.stderr).not.toContain('\u001B');
  });

  test('stops at Ctrl+C, keeps what was received, and exits with 1', async () => {
    const file = writeProblems(data.path, ['What is it?']);
    models.script({ text: ['Half of it', ' and the rest'], fault: { type: 'stall', afterEvents: 3 } });
    const running = startScholium(['run', file, ...toServer(), '--json'], { dataFolder: data.path });
    await running.said('Problem 1: writing');
    running.signal('SIGINT');
    const ended = await running.ended;
    expect(ended.exitCode).toBe(1);
    const [result] = readResults(ended);
    expect(result).toMatchObject({ state: 'cancelled', error: null });
    expect(result?.answer).toContain('Half of it');
  });

  test('uses --base-url for this run alone and saves it nowhere', async () => {
    const library = ['--library', join(data.path, 'kept.scholium')];
    const file = writeProblems(data.path, ['What is it?']);
    expect((await command('run', file, ...library, ...toServer())).exitCode).toBe(0);
    const withoutUrl = await command('run', file, ...library, '--provider', 'compatible', '--model', 'm1');
    expect(withoutUrl.exitCode).toBe(2);
    expect(withoutUrl.stderr).toContain('No server address has been set');
  });
});

describe('export', () => {
  test('names the PDF after the notebook and writes nothing else', async () => {
    const folder = join(data.path, 'here');
    mkdirSync(folder);
    const file = writeProblems(data.path, ['Evaluate $1+1$']);
    const made = await scholium(['export', file, '--to', 'pdf'], { dataFolder: data.path, cwd: folder });
    expect([made.exitCode, made.stdout]).toEqual([0, '']);
    expect(readdirSync(folder)).toEqual(['Some problems.pdf']);
    expect(readFileSync(join(folder, 'Some problems.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('leaves nothing behind, and an older file as it was, when it cannot write', async () => {
    const file = writeProblems(data.path, ['Evaluate $1+1$']);
    const nowhere = await command('export', file, '--to', 'pdf', '-o', join(data.path, 'none', 'x.pdf'));
    expect(nowhere.exitCode).toBe(2);
    expect(nowhere.stderr).toContain('could not be written');
    const folder = join(data.path, 'folder.pdf');
    mkdirSync(folder);
    const overFolder = await command('export', file, '--to', 'pdf', '-o', folder);
    expect(overFolder.exitCode).toBe(2);
    expect(readdirSync(data.path).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('says so when there is no Chromium', async () => {
    const file = writeProblems(data.path, ['Evaluate $1+1$']);
    const env = { SCHOLIUM_CHROMIUM: join(data.path, 'none') };
    const failed = await scholium(['export', file, '--to', 'pdf'], { dataFolder: data.path, env });
    expect(failed.exitCode).toBe(2);
    expect(failed.stderr).toContain('PDF export needs Chromium');
  });
});
