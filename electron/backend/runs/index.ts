import type { Activity } from '#shared/domain/activity.ts';
import type { ProblemCell } from '#shared/domain/cell.ts';
import type { RunEvent } from '#shared/domain/change.ts';
import { refuse } from '#shared/domain/failure.ts';
import type { CellId, ClientId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { ModelChoice, ModelInfo, ProviderKind } from '#shared/domain/model.ts';
import { emptyReceipt } from '#shared/domain/run.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Clock, UtcMs } from '#shared/domain/time.ts';
import type { Log } from '../logs/log.ts';
import type { Provider } from '../models/providers/provider.ts';
import type { Library } from '../store/index.ts';
import { conduct, elapsedMs } from './conduct.ts';
import type { Conducting } from './conduct.ts';
import { endRun, explain } from './endings.ts';
import type { EndingTools } from './endings.ts';
import { createJournal } from './journal.ts';
import { createQueue } from './queue.ts';
import { recoverRuns } from './recover.ts';
import { deltaTable, runTable } from './rows.ts';
import { createRunStore } from './store.ts';
import { systemTimers } from './timers.ts';
import type { Timers } from './timers.ts';
import { newUnderWay } from './under-way.ts';
import type { UnderWay } from './under-way.ts';
import { createUnsaved } from './unsaved.ts';
import { createUsageSince } from './usage-since.ts';
import { createBell, watchRun } from './watch.ts';
import type { Watched } from './watch.ts';

/** The tables of this room, for `verifyLibrary`. */
export const runTables = [runTable, deltaTable] as const;

/**
 * How many runs are under way at once. OpenAI takes more than a person starts by hand. A server on
 * this machine or in the group answers one or two at a time and slows down all of them beyond that;
 * two let a quick question pass a long one. The solver has one worker.
 */
const limits: Readonly<Record<ProviderKind, number>> = { openai: 4, compatible: 2, solver: 1 };

/** Providers are given this long to let go when the app ends. */
const closeWithinMs = 500;

export interface RunsOptions {
  readonly library: Library;
  /** Throws `AppError` `cell-not-found` or `cell-not-a-problem`. */
  problemOf(cellId: CellId): ProblemCell;
  readonly models: {
    provider(kind: ProviderKind): Provider;
    /** Throws `AppError` for a choice that cannot be run. */
    resolve(choice: ModelChoice): ModelInfo | null;
  };
  readonly clock: Clock;
  readonly log: Log;
  readonly timers?: Timers;
}

export interface StartRun {
  readonly clientId: ClientId;
  readonly runId: RunId;
  readonly cellId: CellId;
  readonly choice: ModelChoice;
}

export interface Runs {
  /**
   * Stores the run as queued and answers; it is sent when its provider's lane has a place. One run an
   * id: a repeated call answers with the run as it is now. Throws `AppError`: what `problemOf`,
   * `resolve` and the provider's `prepare` refuse, `question-empty`, and a library that cannot be
   * written; nothing was sent then.
   */
  start(input: StartRun): Run;
  /** Ends the run at once, keeping its text, whatever its provider does. An ended run stays as it is. */
  stop(input: { readonly clientId: ClientId; readonly runId: RunId }): Promise<Run>;
  /** Throws `AppError` `run-not-found`. */
  get(runId: RunId): Run;
  /** Newest first. */
  ofNotebook(notebookId: NotebookId): Run[];
  /** See `runs.watch` of the contract. Throws `AppError` `run-not-found`. */
  watch(
    runId: RunId,
    afterSeq: number | null,
    signal?: AbortSignal,
  ): AsyncGenerator<RunEvent, void, undefined>;
  /** To be called once, before anything is started. Returns how many runs a crash had left under way. */
  recover(): number;
  /** Stores a run that was made elsewhere, as an example that says so. */
  addRecorded(run: Run): void;
  activity(): { readonly queued: number; readonly running: number };
  /** What runs started since then have used; see `Activity`. */
  usageSince(sinceUtcMs: UtcMs): Activity['used'];
  /** Ends what is under way as interrupted, with its text, within a second. Nothing starts afterwards. */
  close(): Promise<void>;
}

/** Runs: from a question to a receipt, written down as they stream. */
export function createRuns(options: RunsOptions): Runs {
  const { library, log, models, clock, timers = systemTimers } = options;
  const store = createRunStore(library);
  const bell = createBell();
  const underWay = new Map<RunId, UnderWay>();
  const conducted = new Set<Promise<void>>();
  let isClosed = false;

  const journal = createJournal(library, store, timers, {
    onCommitted: (live) => bell.ring(live.run.id),
    onRefused: (live, error) => endRun(ending, live, { type: 'failed', failure: explain(log, live, error) }),
  });
  const unsaved = createUnsaved(timers, journal.end, (runId) => log.info('run-saved-late', { runId }));
  const ending: EndingTools = {
    clock,
    log,
    store,
    journal,
    unsaved,
    onEnded(runId) {
      underWay.delete(runId);
      bell.ring(runId);
    },
  };
  const conducting: Conducting = {
    clock,
    timers,
    journal,
    providerOf: (live) => models.provider(live.run.choice.provider),
    end: (live, outcome, atMs) => endRun(ending, live, outcome, { atMs }),
    explain: (live, error) => explain(log, live, error),
  };
  const queue = createQueue(limits, (error) => log.error('run-queue-failed', error));

  const find = (runId: RunId): Run | null => unsaved.get(runId) ?? library.read(() => store.find(runId));
  const get = (runId: RunId): Run => {
    const run = find(runId);
    if (!run) throw refuse('run-not-found', { runId });
    return run;
  };

  const watched: Watched = {
    get,
    progress(runId) {
      const live = underWay.get(runId);
      return live ? { seq: live.seq, changedSeq: live.changedSeq } : null;
    },
    elapsedMs(runId) {
      const live = underWay.get(runId);
      return live ? elapsedMs(live, clock) : null;
    },
    deltasAfter: (runId, afterSeq, limit) => library.read(() => store.deltasAfter(runId, afterSeq, limit)),
    bell,
  };

  function enqueue(run: Run): void {
    const live = newUnderWay(run);
    underWay.set(run.id, live);
    queue.add(run.choice.provider, run.id, async () => {
      const work = conduct(live, conducting);
      conducted.add(work);
      await work.finally(() => conducted.delete(work));
    });
  }

  return {
    start(input) {
      const known = find(input.runId);
      if (known) return known;
      if (isClosed) throw refuse('app-ended-before-sending', {});
      const run = queuedRun(options, input);
      library.write(input.clientId, (note) => {
        store.insert(run);
        note({ type: 'run', notebookId: run.notebookId, cellId: run.cellId, runId: run.id });
      });
      log.info('run-queued', { runId: run.id, provider: run.choice.provider });
      enqueue(run);
      return run;
    },
    stop({ runId, clientId }) {
      const live = underWay.get(runId);
      if (live) {
        queue.remove(runId);
        endRun(ending, live, { type: 'stopped' }, { clientId });
      }
      return Promise.resolve(get(runId));
    },
    get,
    ofNotebook(notebookId) {
      const { runs, unreadable } = library.read(() => store.ofNotebook(notebookId));
      if (unreadable > 0) log.warn('runs-unreadable', { notebookId, unreadable });
      return runs.map((run) => unsaved.get(run.id) ?? run);
    },
    watch: (runId, afterSeq, signal) => watchRun(watched, runId, afterSeq, signal),
    recover: () => recoverRuns(library, store, log),
    addRecorded(run) {
      library.write(null, (note) => {
        store.insert({ ...run, origin: 'recorded' });
        note({ type: 'run', notebookId: run.notebookId, cellId: run.cellId, runId: run.id });
      });
    },
    activity() {
      const states = [...underWay.values()].map((live) => live.state.state);
      const queued = states.filter((state) => state === 'queued').length;
      return { queued, running: states.length - queued };
    },
    usageSince: createUsageSince(library),
    async close() {
      isClosed = true;
      queue.close();
      for (const live of underWay.values()) endRun(ending, live, { type: 'app-ended' });
      const lost = unsaved.retry();
      unsaved.close();
      if (lost > 0) log.warn('runs-not-saved', { lost });
      await allWithin(conducted, closeWithinMs, timers);
    },
  };
}

function queuedRun({ problemOf, models, clock }: RunsOptions, input: StartRun): Run {
  const cell = problemOf(input.cellId);
  const question = cell.source;
  if (question.trim() === '') throw refuse('question-empty', {});
  const { choice } = input;
  const model = models.resolve(choice);
  const request = models.provider(choice.provider).prepare({ question, choice, model });
  return {
    state: 'queued',
    id: input.runId,
    notebookId: cell.notebookId,
    cellId: cell.id,
    question,
    choice,
    request,
    prices: model?.prices ?? null,
    createdAt: clock.utcMs(),
    origin: 'here',
    answer: '',
    thinking: '',
    headings: [],
    receipt: emptyReceipt,
  };
}

async function allWithin(works: Iterable<Promise<void>>, limitMs: number, timers: Timers): Promise<void> {
  let callOff = (): void => undefined;
  const tooLong = new Promise<void>((resolve) => {
    callOff = timers.after(limitMs, resolve);
  });
  await Promise.race([Promise.allSettled(works), tooLong]);
  callOff();
}
