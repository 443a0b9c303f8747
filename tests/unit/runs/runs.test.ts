import { afterEach, describe, expect, test } from 'vitest';
import type { ProviderEvent } from '#backend/models/providers/provider.ts';
import { AppError, refuse } from '#shared/domain/failure.ts';
import { brand, newId } from '#shared/domain/ids.ts';
import type { RunId } from '#shared/domain/ids.ts';
import type { Run } from '#shared/domain/run.ts';
import { manualStartUtcMs, manualTime } from '#tests/support/runs/manual-time.ts';
import type { ManualTime } from '#tests/support/runs/manual-time.ts';
import { ended, labPrices, labQuestion, runLab, settled } from '#tests/support/runs/run-lab.ts';
import type { RunLab } from '#tests/support/runs/run-lab.ts';
import { scriptedProvider } from '#tests/support/runs/scripted-provider.ts';
import type { ScriptedProvider } from '#tests/support/runs/scripted-provider.ts';

interface Scene extends RunLab {
  readonly time: ManualTime;
  readonly openai: ScriptedProvider;
  readonly compatible: ScriptedProvider;
  readonly solver: ScriptedProvider;
}

const open: Scene[] = [];
afterEach(async () => {
  for (const { runs, library, time } of open.splice(0)) {
    const closing = runs.close();
    time.pass(1_000);
    await closing;
    library.close();
  }
});

async function scene(options: { isStuck?: boolean } = {}): Promise<Scene> {
  const time = manualTime();
  const openai = scriptedProvider('openai', options);
  const compatible = scriptedProvider('compatible');
  const solver = scriptedProvider('solver');
  const lab = await runLab({
    providers: [openai, compatible, solver],
    clock: time.clock,
    timers: time.timers,
  });
  const made = { ...lab, time, openai, compatible, solver };
  open.push(made);
  return made;
}

const done = { type: 'done', finish: 'stop', model: 'lab-1-2026', serviceTier: 'default' } as const;
const usage = {
  inputTokens: 1_000,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: 200,
  reasoningTokens: 150,
};

function deltasLeft({ library }: RunLab): unknown {
  return library.db.prepare('SELECT count(*) FROM run_delta').pluck().get();
}

describe('starting a run', () => {
  test('stores it as queued, with the question as it stands, the exact request and the prices', async () => {
    const { start, runs, openai } = await scene();
    const run = start();
    expect(run).toMatchObject({
      state: 'queued',
      question: labQuestion,
      choice: { provider: 'openai', model: 'lab-1', effort: null },
      request: {
        endpoint: 'POST http://127.0.0.1/v1/responses',
        body: { model: 'lab-1', input: labQuestion },
      },
      prices: labPrices,
      createdAt: manualStartUtcMs,
      origin: 'here',
      answer: '',
    });
    expect(runs.get(run.id)).toEqual(run);
    expect(openai.sent).toHaveLength(0);
    await settled();
    expect(openai.request(0).request).toEqual(run.request);
  });

  test('twice with one id is one run', async () => {
    const { start, openai } = await scene();
    const runId = newId<RunId>();
    start({ runId });
    await settled();
    expect(start({ runId })).toMatchObject({ id: runId, state: 'running' });
    await settled();
    expect(openai.sent).toHaveLength(1);
  });

  test('of one problem twice is two runs, side by side', async () => {
    const { start, openai, runs, notebookId } = await scene();
    const first = start();
    const second = start();
    await settled();
    expect(openai.sent).toHaveLength(2);
    expect(runs.ofNotebook(notebookId).map((run) => run.id)).toEqual([second.id, first.id]);
  });

  test('is refused for a note, an empty question and a model the provider refuses, and nothing is stored', async () => {
    const { start, runs, notebookId, noteId, emptyProblemId } = await scene();
    expect(() => start({ cellId: noteId })).toThrow('cell-not-a-problem');
    expect(() => start({ cellId: emptyProblemId })).toThrow('question-empty');
    expect(() => start({ cellId: brand('gone') })).toThrow('cell-not-found');
    expect(() => start({ model: 'refused' })).toThrow('model-unknown');
    expect(runs.ofNotebook(notebookId)).toEqual([]);
  });

  test('waits for a place: four at OpenAI, two at another server, and neither holds up the other', async () => {
    const { start, runs, openai, compatible } = await scene();
    for (let count = 0; count < 6; count += 1) start();
    for (let count = 0; count < 3; count += 1) start({ provider: 'compatible' });
    await settled();
    expect([openai.sent.length, compatible.sent.length]).toEqual([4, 2]);
    expect(runs.activity()).toEqual({ queued: 3, running: 6 });
    openai.request(0).tell(done);
    await settled();
    expect(openai.sent).toHaveLength(5);
  });
});

describe('a run that completes', () => {
  async function completed(): Promise<{ run: Run; scene: Scene }> {
    const made = await scene();
    const { start, time, openai } = made;
    const { id } = start();
    await settled();
    const request = openai.request(0);
    request.tell({ type: 'accepted', responseId: 'resp_1', requestId: 'req_1', model: 'lab-1' });
    await settled();
    time.pass(700);
    request.tell({ type: 'thinking', text: '**Setting up**\n' }, { type: 'heading', text: 'Setting up' });
    await settled();
    time.pass(900);
    request.tell({ type: 'text', text: 'T = 2π' });
    await settled();
    time.pass(400);
    request.tell({ type: 'text', text: '√(l/g)' }, { type: 'usage', usage }, done);
    await settled();
    return { run: made.runs.get(id), scene: made };
  }

  test('has its times, answer, thinking, headings, usage, cost and what the server told', async () => {
    const { run } = await completed();
    expect(run).toMatchObject({
      state: 'completed',
      sentAt: manualStartUtcMs,
      endedAt: manualStartUtcMs + 2_000,
      times: { waitMs: 700, thinkingMs: 900, writingMs: 400, totalMs: 2_000 },
      finish: 'stop',
      answer: 'T = 2π√(l/g)',
      thinking: '**Setting up**\n',
      headings: [{ atMs: 700, text: 'Setting up' }],
      receipt: {
        responseId: 'resp_1',
        requestId: 'req_1',
        modelReturned: 'lab-1-2026',
        serviceTier: 'default',
        usage,
        // 1000 tokens at $1 and 200 at $10 a million.
        costNanoUsd: 1_000_000 + 2_000_000,
      },
    });
  });

  test('leaves nothing in the journal and nothing under way', async () => {
    const { scene: made } = await completed();
    expect(deltasLeft(made)).toBe(0);
    expect(made.runs.activity()).toEqual({ queued: 0, running: 0 });
  });

  test('tells the feed of its creation, each state and phase, and its end, not of each word', async () => {
    const { run, scene: made } = await completed();
    const told = (made.library.feed.since(0) ?? []).filter(({ change }) => change.type === 'run');
    // Queued, sent, thinking, writing, completed.
    expect(told).toHaveLength(5);
    expect(told[0]).toMatchObject({ clientId: 'client-1', change: { runId: run.id, cellId: run.cellId } });
  });

  test('is stopped too late: it stays completed', async () => {
    const { run, scene: made } = await completed();
    expect(await made.stop(run.id)).toEqual(run);
  });
});

describe('what a server did not say', () => {
  async function finishedWith(...events: readonly ProviderEvent[]): Promise<Run> {
    const { start, runs, time, openai } = await scene();
    const { id } = start();
    await settled();
    time.pass(500);
    openai.request(0).tell({ type: 'text', text: 'x' });
    await settled();
    time.pass(100);
    openai.request(0).tell(...events);
    await settled();
    return runs.get(id);
  }

  test('is not reported, and its cost unknown, never zero', async () => {
    const run = await finishedWith(done);
    expect(run.receipt.usage.outputTokens).toBeNull();
    expect(run.receipt.costNanoUsd).toBeNull();
  });

  test('of its thinking is not observed: no wait and no thinking time are made up', async () => {
    const run = await finishedWith({ type: 'usage', usage }, done);
    expect(run).toMatchObject({ times: { waitMs: null, thinkingMs: null, writingMs: 100, totalMs: 600 } });
  });

  test('is not priced by a list for another tier', async () => {
    const run = await finishedWith({ type: 'usage', usage }, { ...done, serviceTier: 'priority' });
    expect(run.receipt.costNanoUsd).toBeNull();
  });
});

test('the solver costs nothing and says how it checked', async () => {
  const { start, runs, solver } = await scene();
  const { id } = start({ provider: 'solver' });
  await settled();
  solver.request(0).tell({ type: 'text', text: '4' }, { type: 'checked', by: 'differentiation' }, done);
  await settled();
  expect(runs.get(id).receipt).toMatchObject({ costNanoUsd: 0, checkedBy: 'differentiation' });
});

test('a request that had to be sent differently is kept as it was sent', async () => {
  const { start, runs, openai } = await scene();
  const { id } = start();
  await settled();
  const request = { endpoint: 'POST http://127.0.0.1/v1/responses', body: { without: 'summary' } };
  openai.request(0).tell({ type: 'resent', request });
  await settled();
  expect(runs.get(id).request).toEqual(request);
  openai.request(0).tell(done);
  await settled();
  expect(runs.get(id).request).toEqual(request);
});

describe('stopping a run', () => {
  test('keeps its text and its times, and tells the provider', async () => {
    const { start, stop, time, openai } = await scene();
    const { id } = start();
    await settled();
    time.pass(700);
    openai.request(0).tell({ type: 'thinking', text: 'Let me see' });
    await settled();
    time.pass(300);
    openai.request(0).tell({ type: 'text', text: 'T =' });
    await settled();
    time.pass(200);
    expect(await stop(id)).toMatchObject({
      state: 'cancelled',
      times: { waitMs: 700, thinkingMs: 300, writingMs: 200, totalMs: 1_200 },
      answer: 'T =',
      thinking: 'Let me see',
    });
    expect(openai.request(0).signal.aborted).toBe(true);
  });

  test('that was not sent yet means that it never is', async () => {
    const { start, stop, openai } = await scene();
    const running = [start(), start(), start(), start()];
    const { id } = start();
    await settled();
    expect(await stop(id)).toMatchObject({ state: 'cancelled', sentAt: null, receipt: { costNanoUsd: 0 } });
    openai.request(0).tell(done);
    await settled();
    expect(openai.sent).toHaveLength(running.length);
  });

  test('is immediate even when its provider is stuck, and its place is free a second later', async () => {
    const { start, stop, time, openai } = await scene({ isStuck: true });
    const ids = [start(), start(), start(), start(), start()].map((run) => run.id);
    await settled();
    const stopped = await stop(ids[0] ?? brand('none'));
    expect(stopped.state).toBe('cancelled');
    await settled();
    expect(openai.sent).toHaveLength(4);
    time.pass(1_000);
    await settled();
    expect(openai.sent).toHaveLength(5);
  });

  test('leaves what a provider says afterwards unheard', async () => {
    const { start, stop, runs, openai } = await scene({ isStuck: true });
    const { id } = start();
    await settled();
    const stopped = await stop(id);
    openai.request(0).tell({ type: 'text', text: 'late' }, { type: 'usage', usage }, done);
    await settled();
    expect(runs.get(id)).toEqual(stopped);
  });

  test('of a run that is not there is refused', async () => {
    const { runs, stop } = await scene();
    await expect(async () => stop(brand('none'))).rejects.toThrow('run-not-found');
    expect(() => runs.get(brand('none'))).toThrow('run-not-found');
  });
});

describe('a run that goes wrong', () => {
  async function endedBy(act: (request: ReturnType<ScriptedProvider['request']>) => void): Promise<Run> {
    const { start, runs, openai } = await scene();
    const { id } = start();
    await settled();
    openai.request(0).tell({ type: 'text', text: 'T = 2π' });
    act(openai.request(0));
    await settled();
    return runs.get(id);
  }

  test('keeps its text and the reason the provider gave', async () => {
    const refusal = refuse('server-failed', { status: 500, message: 'sorry' });
    const run = await endedBy((request) => request.fail(refusal));
    expect(run).toMatchObject({ state: 'failed', answer: 'T = 2π', failure: refusal.failure });
  });

  test('is interrupted when the stream ends without saying that it is done', async () => {
    const run = await endedBy((request) => request.end());
    const failure = { code: 'run-cut-short', params: { receivedChars: 6 } };
    expect(run).toMatchObject({ state: 'interrupted', answer: 'T = 2π', failure });
  });

  test('by a bug is logged under a reference that the user can be shown', async () => {
    const run = await endedBy((request) => request.fail(new TypeError('terminated')));
    expect(run).toMatchObject({ state: 'failed', answer: 'T = 2π' });
    expect(run).toMatchObject({ failure: { code: 'internal', params: { reference: 'none' } } });
  });

  test('before anything came has a total and no more', async () => {
    const { start, runs, time, openai } = await scene();
    const { id } = start();
    await settled();
    time.pass(80);
    openai
      .request(0)
      .fail(new AppError({ code: 'key-refused', params: { provider: 'openai', message: '' } }));
    await settled();
    expect(runs.get(id)).toMatchObject({
      state: 'failed',
      times: { waitMs: null, thinkingMs: null, writingMs: null, totalMs: 80 },
      receipt: { costNanoUsd: null },
    });
  });
});

describe('text on its way into the library', () => {
  test('is kept whole when a character is torn between two deltas', async () => {
    const { start, runs, openai } = await scene();
    const { id } = start();
    await settled();
    openai.request(0).tell({ type: 'text', text: 'a \uD835' });
    await settled();
    openai.request(0).tell({ type: 'text', text: '\uDC31 b \uD835' }, done);
    await settled();
    expect(runs.get(id).answer).toBe('a 𝐱 b \uFFFD');
  });

  test('is kept whole when one delta is a million characters', async () => {
    const { start, runs, openai } = await scene();
    const { id } = start();
    await settled();
    const long = 'x𝐱'.repeat(340_000);
    openai.request(0).tell({ type: 'text', text: long }, done);
    const run = await ended(runs, id);
    expect(run.answer.length).toBe(long.length);
    expect(run.answer === long).toBe(true);
  });
});

describe('when the app ends', () => {
  test('runs under way are interrupted with their text, and waiting ones were never sent', async () => {
    const { start, runs, time, openai } = await scene();
    const ids = [start(), start(), start(), start(), start()].map((run) => run.id);
    await settled();
    time.pass(100);
    openai.request(0).tell({ type: 'text', text: 'T =' });
    await settled();
    time.pass(50);
    const closing = runs.close();
    const states = ids.map((id) => runs.get(id));
    expect(states[0]).toMatchObject({
      state: 'interrupted',
      failure: { code: 'app-ended' },
      times: { waitMs: 100, thinkingMs: 0, writingMs: 50, totalMs: 150 },
      answer: 'T =',
    });
    expect(states[4]).toMatchObject({
      state: 'interrupted',
      sentAt: null,
      failure: { code: 'app-ended-before-sending' },
      receipt: { costNanoUsd: 0 },
    });
    await closing;
    expect(openai.sent.every(({ signal }) => signal.aborted)).toBe(true);
    expect(() => start()).toThrow('app-ended-before-sending');
  });

  test('a stuck provider does not hold it up for more than half a second', async () => {
    const { start, runs, time } = await scene({ isStuck: true });
    start();
    await settled();
    let isClosed = false;
    const closing = runs.close().then(() => (isClosed = true));
    time.pass(499);
    await settled();
    expect(isClosed).toBe(false);
    time.pass(1);
    await closing;
    expect(isClosed).toBe(true);
  });
});

test('a recorded run is kept as it is and says that it was recorded', async () => {
  const { start, runs, openai, notebookId } = await scene();
  const { id } = start();
  await settled();
  openai.request(0).tell({ type: 'text', text: 'x' }, { type: 'usage', usage }, done);
  await settled();
  const recorded: Run = { ...runs.get(id), id: newId<RunId>(), origin: 'recorded', createdAt: 1 };
  runs.addRecorded(recorded);
  expect(runs.ofNotebook(notebookId).map((run) => run.id)).toEqual([id, recorded.id]);
  expect(runs.get(recorded.id)).toEqual(recorded);
});
