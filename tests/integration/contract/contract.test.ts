import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BackendClient } from '#shared/contract/index.ts';
import { refusalIn } from '#shared/contract/refusal.ts';
import type { FeedEvent } from '#shared/domain/change.ts';
import type { Failure } from '#shared/domain/failure.ts';
import { newId } from '#shared/domain/ids.ts';
import type { CellId, ClientId, NotebookId, RunId } from '#shared/domain/ids.ts';
import { solverChoice } from '#shared/domain/model.ts';
import { openTestBackend } from '#tests/support/backend.ts';
import { startModelServer } from '#tests/support/model-server/index.ts';

let backend: Awaited<ReturnType<typeof openTestBackend>>;
let client: BackendClient;
let channel: MessageChannel;
const clientId = newId<ClientId>();

beforeEach(async () => {
  backend = await openTestBackend();
  channel = new MessageChannel();
  backend.servePort(channel.port1);
  client = createORPCClient(new RPCLink({ port: channel.port2 }));
  channel.port1.start();
  channel.port2.start();
});

afterEach(async () => {
  channel.port1.close();
  await backend.dispose();
});

async function refused(call: Promise<unknown>): Promise<Failure | null> {
  return call.then(
    () => null,
    (error: unknown) => refusalIn(error),
  );
}

async function newNotebook(): Promise<NotebookId> {
  return (await client.notebooks.create({ clientId, title: 'Oscillator' })).id;
}

async function newProblem(notebookId: NotebookId, source: string): Promise<CellId> {
  const cellId = newId<CellId>();
  await client.cells.insert({ clientId, notebookId, cellId, afterCellId: null, kind: 'problem', source });
  return cellId;
}

describe('the contract over a MessagePort', () => {
  test('a fresh library opens on the Welcome notebook with one recorded answer', async () => {
    const [welcome] = await client.notebooks.list();
    if (!welcome) throw new Error('no notebook');
    const { cells, runs } = await client.notebooks.open({ notebookId: welcome.id });
    expect(welcome.title).toBe('Welcome to Scholium');
    expect(cells.filter((cell) => cell.kind === 'problem').length).toBeGreaterThanOrEqual(4);
    expect(runs).toMatchObject([{ origin: 'recorded', state: 'completed' }]);
  });

  test('the Welcome notebook is not put back once it was thrown away', async () => {
    const [welcome] = await client.notebooks.list();
    if (!welcome) throw new Error('no notebook');
    await client.notebooks.remove({ clientId, notebookId: welcome.id });
    expect(await client.notebooks.list()).toEqual([]);
    expect(await client.notebooks.listTrash()).toHaveLength(1);
  });

  test('the built-in solver answers with no key and no network', async () => {
    const cellId = await newProblem(await newNotebook(), 'Integrate $x^2 e^{-x}$');
    const run = await client.runs.start({ clientId, runId: newId<RunId>(), cellId, choice: solverChoice });
    const states: string[] = [];
    let answer = '';
    for await (const event of await client.runs.watch({ runId: run.id, afterSeq: null })) {
      if (event.type === 'run') states.push(event.run.state);
      if (event.type === 'run') answer = event.run.answer;
    }
    expect(states.at(-1)).toBe('completed');
    expect(answer).toContain('e^{-x}');
    expect(await client.runs.get({ runId: run.id })).toMatchObject({
      receipt: { checkedBy: 'differentiation', costNanoUsd: 0 },
      times: { totalMs: expect.any(Number) },
    });
  });

  test('an expected failure arrives as its code and parameters, without a sentence', async () => {
    expect(await refused(client.notebooks.open({ notebookId: 'nowhere' }))).toEqual({
      code: 'notebook-not-found',
      params: { notebookId: 'nowhere' },
    });
  });

  test('a malformed call is refused by the place that is wrong, and changes nothing', async () => {
    const before = await client.notebooks.list();
    const wrong = { clientId, title: 'x'.repeat(20_000) };
    expect(await refused(client.notebooks.create(wrong))).toMatchObject({
      code: 'bad-request',
      params: { detail: expect.stringContaining('title') },
    });
    expect(await client.notebooks.list()).toEqual(before);
  });

  test('a text that is too long for one cell is refused by its length', async () => {
    const cellId = await newProblem(await newNotebook(), 'short');
    const { revision } = await client.cells.get({ cellId });
    const save = client.cells.save({
      clientId,
      cellId,
      baseRevision: revision,
      source: 'x'.repeat(4_000_001),
    });
    expect(await refused(save)).toEqual({
      code: 'text-too-long',
      params: { lengthChars: 4_000_001, limitChars: 4_000_000 },
    });
  });

  test('a write from an outdated base is refused, and nothing is overwritten', async () => {
    const cellId = await newProblem(await newNotebook(), 'first');
    const { revision } = await client.cells.get({ cellId });
    await client.cells.save({ clientId, cellId, baseRevision: revision, source: 'second' });
    const late = client.cells.save({ clientId, cellId, baseRevision: revision, source: 'third' });
    expect(await refused(late)).toMatchObject({ code: 'revision-conflict' });
    expect((await client.cells.get({ cellId })).source).toBe('second');
  });

  test('a retired model is refused with a successor that still takes runs', async () => {
    const cellId = await newProblem(await newNotebook(), 'Why?');
    const start = client.runs.start({
      clientId,
      runId: newId<RunId>(),
      cellId,
      choice: { provider: 'openai', model: 'o1-mini', effort: null },
    });
    expect(await refused(start)).toEqual({
      code: 'model-retired',
      params: { model: 'o1-mini', shutdownDate: '2025-10-27', successor: 'gpt-5.6-terra' },
    });
  });
});

describe('the change feed', () => {
  async function nextEvent(events: AsyncIterator<FeedEvent>): Promise<FeedEvent> {
    const { value, done } = await events.next();
    if (done) throw new Error('the feed ended');
    return value;
  }

  test('a watcher hears of each commit, in order, with who made it', async () => {
    const events = (await client.changes.watch({ afterSeq: null }))[Symbol.asyncIterator]();
    expect((await nextEvent(events)).type).toBe('reset');
    const notebookId = await newNotebook();
    expect(await nextEvent(events)).toMatchObject({
      type: 'changes',
      entries: [{ clientId, change: { type: 'notebook', notebookId } }],
    });
    await events.return?.();
  });

  test('a watcher that comes back hears of all it missed', async () => {
    const notebookId = await newNotebook();
    const { feedSeq } = await client.notebooks.open({ notebookId });
    const cellId = await newProblem(notebookId, 'one');
    const events = (await client.changes.watch({ afterSeq: feedSeq }))[Symbol.asyncIterator]();
    expect(await nextEvent(events)).toMatchObject({
      type: 'changes',
      entries: [{ seq: feedSeq + 1, change: { type: 'cell', cellId } }],
    });
    await events.return?.();
  });

  test('a watcher from another library’s numbers is told to load everything again', async () => {
    const events = (await client.changes.watch({ afterSeq: 1_000_000 }))[Symbol.asyncIterator]();
    expect((await nextEvent(events)).type).toBe('reset');
    await events.return?.();
  });
});

test('diagnostics tell versions, counts and damage, and no word of the user’s', async () => {
  await newProblem(await newNotebook(), 'a very private question');
  const { text } = await client.app.diagnostics();
  expect(text).toMatch(/SQLite 3\.\d+/);
  expect(text).toMatch(/damagedRows: 0/);
  expect(text).not.toContain('private');
  expect(text).not.toContain('Oscillator');
});

describe('the day’s activity', () => {
  test('counts neither the solver nor a recorded example, which cost nothing', async () => {
    const cellId = await newProblem(await newNotebook(), '$1+1$');
    const run = await client.runs.start({ clientId, runId: newId<RunId>(), cellId, choice: solverChoice });
    for await (const _ of await client.runs.watch({ runId: run.id, afterSeq: null }));
    expect(await client.runs.activity({ sinceUtcMs: 0 })).toEqual({
      queued: 0,
      running: 0,
      used: { runs: 0, tokens: 0, runsWithoutTokens: 0, costNanoUsd: 0, runsWithoutCost: 0 },
    });
  });

  test('sums what servers reported, and says how often they did not', async () => {
    const server = await startModelServer();
    const models = await openTestBackend({ env: { SCHOLIUM_COMPATIBLE_BASE_URL: server.url } });
    try {
      server.script({ usage: { inputTokens: 10, outputTokens: 30, reasoningTokens: 20 }, thinkMs: 1 });
      server.script({ fault: { type: 'usage-missing' } });
      const notebook = await models.client.notebooks.create({ clientId, title: '' });
      for (const question of ['one', 'two']) {
        const cellId = newId<CellId>();
        const place = { notebookId: notebook.id, cellId, afterCellId: null };
        await models.client.cells.insert({ clientId, ...place, kind: 'problem', source: question });
        const choice = { provider: 'compatible', model: 'local', effort: null } as const;
        const run = await models.client.runs.start({ clientId, runId: newId<RunId>(), cellId, choice });
        for await (const _ of await models.client.runs.watch({ runId: run.id, afterSeq: null }));
      }
      expect((await models.client.runs.activity({ sinceUtcMs: 0 })).used).toEqual({
        runs: 2,
        tokens: 40,
        runsWithoutTokens: 1,
        costNanoUsd: 0,
        runsWithoutCost: 2,
      });
    } finally {
      await models.dispose();
      await server.close();
    }
  });
});
