import type { RunEvent } from '#shared/domain/change.ts';
import type { RunId } from '#shared/domain/ids.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Run } from '#shared/domain/run.ts';
import type { DeltaRow } from './rows.ts';
import { breathe } from './timers.ts';

/** Pieces read from the journal at a time: with their own limit it bounds what one watcher holds. */
const pageLimit = 64;

/** What a watcher reads: everything it is given was committed before. */
export interface Watched {
  /** The run as committed. Throws `AppError` `run-not-found`. */
  get(runId: RunId): Run;
  /** How far the committed run has come; `null` for one that is not under way. */
  progress(runId: RunId): { readonly seq: number; readonly changedSeq: number } | null;
  elapsedMs(runId: RunId): number | null;
  deltasAfter(runId: RunId, afterSeq: number, limit: number): DeltaRow[];
  /** Wakes whoever watches a run when something of it was committed. */
  readonly bell: Bell;
}

export interface Bell {
  ring(runId: RunId): void;
  /** Resolves at the next ring or when `signal` is aborted. */
  next(runId: RunId, signal: AbortSignal | undefined): Promise<void>;
}

export function createBell(): Bell {
  const sleepers = new Map<RunId, Set<() => void>>();
  return {
    ring(runId) {
      const woken = sleepers.get(runId);
      sleepers.delete(runId);
      woken?.forEach((wake) => wake());
    },
    next: (runId, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeping = sleepers.get(runId) ?? new Set();
        sleepers.set(runId, sleeping);
        const wake = (): void => {
          sleeping.delete(wake);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        sleeping.add(wake);
        signal?.addEventListener('abort', wake);
      }),
  };
}

/**
 * One run's events, from wherever the watcher is, until the run has ended or `signal` is aborted.
 *
 * With `afterSeq` of an earlier event of the same run, only what is newer; otherwise the run as it is
 * comes first. Text is read back from the journal when it is asked for, so that a watcher who is slow
 * costs no memory and is sent fewer, longer deltas.
 */
export async function* watchRun(
  watched: Watched,
  runId: RunId,
  afterSeq: number | null,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent, void, undefined> {
  let seq = afterSeq;
  while (!signal?.aborted) {
    const progress = watched.progress(runId);
    if (!progress) {
      const run = watched.get(runId);
      yield { type: 'run', run, seq: (seq ?? 0) + 1, elapsedMs: null };
      if (hasEnded(run)) return;
      throw new Error('A run that is not under way has not ended');
    }
    if (seq === null || seq > progress.seq) {
      seq = progress.seq;
      yield wholeRun(watched, runId, seq);
    } else if (seq === progress.seq) {
      await watched.bell.next(runId, signal);
      continue;
    } else {
      const page = watched.deltasAfter(runId, seq, pageLimit);
      const isLastPage = page.length < pageLimit;
      yield* merged(page);
      const reached = isLastPage ? progress.seq : (page.at(-1)?.seq ?? progress.seq);
      // Nothing but the run itself tells of a change of state, phase or headings.
      const hasChanged = progress.changedSeq > seq && progress.changedSeq <= reached;
      // Asked for anew: more may have been committed while the watcher took the page.
      const now = watched.progress(runId);
      seq = hasChanged && now ? now.seq : reached;
      if (hasChanged && now) yield wholeRun(watched, runId, seq);
    }
    await breathe();
  }
}

function wholeRun(watched: Watched, runId: RunId, seq: number): RunEvent {
  return { type: 'run', run: watched.get(runId), seq, elapsedMs: watched.elapsedMs(runId) };
}

/** Neighbouring pieces of one kind as one delta, under the number of the last. */
function merged(page: readonly DeltaRow[]): RunEvent[] {
  const events: Extract<RunEvent, { type: 'delta' }>[] = [];
  for (const { kind, text, seq } of page) {
    if (kind === 'heading') continue;
    const last = events.at(-1);
    if (last?.kind === kind) events[events.length - 1] = { ...last, text: last.text + text, seq };
    else events.push({ type: 'delta', seq, kind, text });
  }
  return events;
}
