import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { ProviderEvent } from '#backend/models/providers/provider.ts';
import { commitEveryMs } from '#backend/runs/journal.ts';
import type { RunEvent } from '#shared/domain/change.ts';
import { brand, newId } from '#shared/domain/ids.ts';
import type { RunId } from '#shared/domain/ids.ts';
import type { Library } from '#backend/store/index.ts';
import { manualTime } from '#tests/support/runs/manual-time.ts';
import type { ManualTime } from '#tests/support/runs/manual-time.ts';
import { runLab, settled, shownAfter } from '#tests/support/runs/run-lab.ts';
import type { RunLab } from '#tests/support/runs/run-lab.ts';
import { scriptedProvider } from '#tests/support/runs/scripted-provider.ts';
import type { ScriptedProvider } from '#tests/support/runs/scripted-provider.ts';

interface Scene extends RunLab {
  readonly time: ManualTime;
  readonly openai: ScriptedProvider;
  /** How often the runs room wrote. */
  writes(): number;
  close(): Promise<void>;
}

const open: Scene[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function scene(): Promise<Scene> {
  const time = manualTime();
  const openai = scriptedProvider('openai');
  let writes = 0;
  const wrap = (library: Library): Library => ({
    ...library,
    write(clientId, work) {
      writes += 1;
      return library.write(clientId, work);
    },
  });
  const lab = await runLab({ providers: [openai], clock: time.clock, timers: time.timers, wrap });
  const made = {
    ...lab,
    time,
    openai,
    writes: () => writes,
    async close() {
      const closing = lab.runs.close();
      time.pass(1_000);
      await closing;
      lab.library.close();
    },
  };
  open.push(made);
  return made;
}

/** A watcher that takes every event as soon as it comes. */
function watching({ runs }: Scene, runId: RunId, afterSeq: number | null = null) {
  const events: RunEvent[] = [];
  const leaving = new AbortController();
  const hasEnded = (async () => {
    for await (const event of runs.watch(runId, afterSeq, leaving.signal)) events.push(event);
  })();
  return { events, hasEnded, leave: () => leaving.abort() };
}

/** Whether these events show all that is stored of the run. */
function isAsStored({ runs }: Scene, id: RunId, events: readonly RunEvent[]): boolean {
  const { answer, thinking: thoughts } = runs.get(id);
  const shown = shownAfter(events);
  return shown.answer === answer && shown.thinking === thoughts;
}

const done: ProviderEvent = { type: 'done', finish: 'stop', model: null, serviceTier: null };
const text = (words: string): ProviderEvent => ({ type: 'text', text: words });
const thinking = (words: string): ProviderEvent => ({ type: 'thinking', text: words });
const deltasIn = (events: readonly RunEvent[]) => events.filter((event) => event.type === 'delta');

async function sentRun(
  made: Scene,
): Promise<{ id: RunId; tell: (...events: readonly ProviderEvent[]) => void }> {
  const { id } = made.start();
  await settled();
  return { id, tell: made.openai.request(made.openai.sent.length - 1).tell };
}

describe('watching a run', () => {
  test('begins with the run as it is and ends with the run as it ended', async () => {
    const made = await scene();
    const { id } = made.start();
    const { events, hasEnded } = watching(made, id);
    await settled();
    made.openai.request(0).tell(text('T'), done);
    await hasEnded;
    expect(events[0]).toMatchObject({ type: 'run', run: { state: 'queued' }, elapsedMs: null });
    expect(events.at(-1)).toMatchObject({
      type: 'run',
      run: { state: 'completed', answer: 'T' },
      elapsedMs: null,
    });
    expect(events.at(-1)).toMatchObject({ run: made.runs.get(id) });
  });

  test('tells how long a running run has been under way, for a clock to tick from', async () => {
    const made = await scene();
    const { id, tell } = await sentRun(made);
    made.time.pass(1_234);
    const { events } = watching(made, id);
    await settled();
    expect(events).toMatchObject([
      { type: 'run', elapsedMs: 1_234, run: { state: 'running', phase: 'waiting' } },
    ]);
    made.time.pass(66);
    tell(thinking(''));
    await settled();
    expect(events.at(-1)).toMatchObject({ type: 'run', elapsedMs: 1_300, run: { phase: 'thinking' } });
  });

  test('of a run that ended answers at once with the run', async () => {
    const made = await scene();
    const { id, tell } = await sentRun(made);
    tell(text('T'), done);
    await settled();
    for (const afterSeq of [null, 0, 1, 1_000]) {
      const { events, hasEnded } = watching(made, id, afterSeq);
      await hasEnded;
      expect(events).toMatchObject([{ type: 'run', run: { state: 'completed', answer: 'T' } }]);
    }
  });

  test('of a run that is not there is refused', async () => {
    const made = await scene();
    await expect(watching(made, brand('none')).hasEnded).rejects.toThrow('run-not-found');
  });

  test('ends when the watcher leaves, and the run goes on', async () => {
    const made = await scene();
    const { id, tell } = await sentRun(made);
    const { hasEnded, leave } = watching(made, id);
    await settled();
    leave();
    await hasEnded;
    tell(text('T'), done);
    await settled();
    expect(made.runs.get(id).state).toBe('completed');
  });

  test('shows each new heading when it comes', async () => {
    const made = await scene();
    const { id, tell } = await sentRun(made);
    const { events } = watching(made, id);
    tell(thinking('**Setting up**\n'));
    await settled();
    made.time.pass(500);
    tell({ type: 'heading', text: 'Setting up' });
    await settled();
    made.time.pass(commitEveryMs);
    await settled();
    expect(events.at(-1)).toMatchObject({ run: { headings: [{ atMs: 500, text: 'Setting up' }] } });
  });
});

describe('the words of a run', () => {
  test('come at once when they are the first, and then every 33 ms together', async () => {
    const made = await scene();
    const { id, tell } = await sentRun(made);
    const { events } = watching(made, id);
    await settled();
    tell(text('One'));
    await settled();
    expect(shownAfter(events).answer).toBe('One');
    tell(text(' two'), text(' three'));
    await settled();
    expect(shownAfter(events).answer).toBe('One');
    made.time.pass(commitEveryMs - 1);
    await settled();
    expect(shownAfter(events).answer).toBe('One');
    made.time.pass(1);
    await settled();
    expect(deltasIn(events).at(-1)).toMatchObject({ kind: 'text', text: ' two three' });
    expect(shownAfter(events).answer).toBe('One two three');
  });

  test('of all runs share one transaction', async () => {
    const made = await scene();
    const tells = [(await sentRun(made)).tell, (await sentRun(made)).tell, (await sentRun(made)).tell];
    for (const tell of tells) tell(thinking('Hm.'), text('first'));
    await settled();
    const before = made.writes();
    for (const tell of tells) tell(text(' more'), text(' and'), thinking(' more'));
    await settled();
    expect(made.writes()).toBe(before);
    made.time.pass(commitEveryMs);
    expect(made.writes()).toBe(before + 1);
    expect(made.runs.ofNotebook(made.notebookId).map((run) => run.answer)).toEqual(
      tells.map(() => 'first more and'),
    );
  });

  test('are committed before anyone is shown them', async () => {
    const made = await scene();
    const { id, tell } = await sentRun(made);
    const { events } = watching(made, id);
    const stored = made.library.db
      .prepare("SELECT group_concat(text, '') FROM run_delta WHERE kind = 'text'")
      .pluck();
    for (const word of ['a', 'b', 'c', 'd', 'e']) {
      tell(text(word));
      await settled();
      made.time.pass(20);
      await settled();
      expect(stored.get()).toBe(shownAfter(events).answer);
    }
    expect(shownAfter(events).answer.length).toBeGreaterThanOrEqual(3);
  });

  test('reach a slow watcher in fewer, longer pieces', async () => {
    const made = await scene();
    const { id, tell } = await sentRun(made);
    const slow = made.runs.watch(id, null);
    await slow.next();
    let whole = '';
    for (let count = 0; count < 50; count += 1) {
      tell(text(`${count} `));
      whole += `${count} `;
      await settled();
      made.time.pass(commitEveryMs);
    }
    const next = await slow.next();
    expect(next.value).toMatchObject({ type: 'delta', kind: 'text', text: whole });
    await slow.return(undefined);
  });
});

describe('a watcher that comes and goes', () => {
  const kind = fc.constantFrom('text' as const, 'thinking' as const, 'heading' as const);
  const act = fc.oneof(
    fc.record({ do: fc.constant('tell' as const), kind, text: fc.string({ maxLength: 8 }) }),
    fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 80 }) }),
    fc.constant({ do: 'leave' as const }),
  );

  test('shows the same as one that stayed, wherever it rejoins', async () => {
    const made = await scene();
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 25 }), fc.boolean(), async (acts, endsBeforeRejoining) => {
        const { id, tell } = await sentRun(made);
        const stayed = watching(made, id);
        let visit = watching(made, id);
        const seen: RunEvent[] = [];
        const rejoin = () => {
          visit.leave();
          seen.push(...visit.events);
          visit = watching(made, id, seen.at(-1)?.seq ?? null);
        };
        for (const step of acts) {
          if (step.do === 'tell') tell({ type: step.kind, text: step.text });
          else if (step.do === 'pass') made.time.pass(step.ms);
          else rejoin();
          await settled();
          made.time.pass(step.do === 'leave' ? commitEveryMs : 0);
          await settled();
          const isShown = isAsStored(made, id, [...seen, ...visit.events]);
          expect(step.do !== 'leave' || isShown).toBe(true);
        }
        if (endsBeforeRejoining) rejoin();
        tell(done);
        await Promise.all([stayed.hasEnded, visit.hasEnded]);
        expect(isAsStored(made, id, stayed.events)).toBe(true);
        expect(isAsStored(made, id, [...seen, ...visit.events])).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test('is shown what it missed when only the phase changed meanwhile', async () => {
    const made = await scene();
    const { id, tell } = await sentRun(made);
    const before = watching(made, id);
    await settled();
    before.leave();
    tell(thinking(''));
    await settled();
    const { events } = watching(made, id, before.events.at(-1)?.seq ?? null);
    await settled();
    expect(events).toMatchObject([{ type: 'run', run: { phase: 'thinking' } }]);
  });
});

test('a provider with a hundred thousand events at hand leaves everybody else their turn', async () => {
  const made = await scene();
  const { id, tell } = await sentRun(made);
  tell(...Array.from({ length: 100_000 }, () => text('x')));
  let turns = 0;
  const { hasEnded } = watching(made, id);
  const counting = (async () => {
    while (made.runs.get(id).state === 'running' && turns < 1_000) {
      turns += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  tell(done);
  await Promise.all([hasEnded, counting]);
  expect(turns).toBeGreaterThan(500);
  expect(made.runs.get(id).answer.length).toBe(100_000);
});

test('an id chosen by the client names the run', async () => {
  const made = await scene();
  const runId = newId<RunId>();
  expect(made.start({ runId }).id).toBe(runId);
});
