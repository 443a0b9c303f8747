import type { ClientId, RunId } from '#shared/domain/ids.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Timers } from './timers.ts';
import type { Piece, UnderWay } from './under-way.ts';

/** A full disk is looked at again so often. */
const retryEveryMs = 2_000;

/** Runs that ended while the library could not be written: held in memory, and saved when it can be. */
export interface Unsaved {
  /** The run as it would be stored; `undefined` for one that is. */
  get(runId: RunId): Run | undefined;
  keep(live: UnderWay, clientId: ClientId | null, run: Run): void;
  /** Tries all again. Returns how many are still unsaved. */
  retry(): number;
  close(): void;
}

interface Kept {
  readonly live: UnderWay;
  readonly clientId: ClientId | null;
  readonly run: Run;
}

/** `save` stores a run that ended, or throws; `onSaved` is told of each that was. */
export function createUnsaved(
  timers: Timers,
  save: (live: UnderWay, clientId: ClientId | null) => void,
  onSaved: (runId: RunId) => void,
): Unsaved {
  const kept = new Map<RunId, Kept>();
  let callOff: (() => void) | null = null;

  function arm(): void {
    callOff ??= timers.after(retryEveryMs, () => {
      callOff = null;
      if (retry() > 0) arm();
    });
  }

  function retry(): number {
    for (const [runId, { live, clientId }] of kept) {
      try {
        save(live, clientId);
      } catch {
        // Reported when the run ended; nothing is lost by waiting on.
        continue;
      }
      kept.delete(runId);
      onSaved(runId);
    }
    return kept.size;
  }

  return {
    get: (runId) => kept.get(runId)?.run,
    keep(live, clientId, run) {
      kept.set(run.id, { live, clientId, run });
      arm();
    },
    retry,
    close: () => callOff?.(),
  };
}

/** What was committed of a run, with what could not be. */
export function withPending(committed: Run, live: UnderWay): Run {
  const pendingOf = (kind: Piece['kind']): readonly Piece[] =>
    live.pending.filter((piece) => piece.kind === kind);
  const textOf = (kind: Piece['kind']): string =>
    pendingOf(kind)
      .map((piece) => piece.text)
      .join('');
  const { id, notebookId, cellId, question, choice, prices, createdAt, origin } = committed;
  return {
    ...live.state,
    id,
    notebookId,
    cellId,
    question,
    choice,
    prices,
    createdAt,
    origin,
    request: live.request,
    receipt: live.receipt,
    answer: committed.answer + textOf('text'),
    thinking: committed.thinking + textOf('thinking'),
    headings: [...committed.headings, ...pendingOf('heading').map(({ text, atMs }) => ({ text, atMs }))],
  };
}
