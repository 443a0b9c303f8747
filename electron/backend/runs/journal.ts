import type { ClientId } from '#shared/domain/ids.ts';
import type { Change } from '#shared/domain/change.ts';
import type { Library } from '../store/index.ts';
import { receiptToColumns, requestToColumns, stateToColumns } from './rows.ts';
import type { RunRow } from './rows.ts';
import type { RunStore } from './store.ts';
import type { Timers } from './timers.ts';
import type { UnderWay } from './under-way.ts';

/** All runs' pending text is committed together, once in so long. */
export const commitEveryMs = 33;
/** A run that brings more than this within that time is committed at once: memory stays bounded. */
const pendingLimitChars = 1_000_000;

export interface Journal {
  /** To be called after each addition to a run: commits at once or with the next batch. */
  touched(live: UnderWay): void;
  /** Commits all that is pending, of every run. */
  commit(): void;
  /** Folds the journal of a run that ended into it, in one transaction. Throws when that cannot be stored. */
  end(live: UnderWay, clientId: ClientId | null): void;
  /** Leaves a run out of later commits. */
  forget(live: UnderWay): void;
}

interface Listeners {
  /** What is pending was stored: only now may anyone be shown it. */
  onCommitted(live: UnderWay): void;
  /** What is pending could not be stored, and still is pending. */
  onRefused(live: UnderWay, error: unknown): void;
}

/** Writes runs down while they stream: one transaction for all of them every 33 ms. */
export function createJournal(
  library: Library,
  store: RunStore,
  timers: Timers,
  listeners: Listeners,
): Journal {
  const dirty = new Set<UnderWay>();
  let callOff: (() => void) | null = null;

  function commit(): void {
    callOff?.();
    callOff = null;
    const batch = [...dirty];
    dirty.clear();
    if (batch.length === 0) return;
    try {
      commitRuns(batch);
    } catch (error) {
      if (batch.length === 1) return batch.forEach((live) => listeners.onRefused(live, error));
      // One bad run must not take the others with it.
      batch.forEach(commitAlone);
    }
  }

  function commitAlone(live: UnderWay): void {
    try {
      commitRuns([live]);
    } catch (error) {
      listeners.onRefused(live, error);
    }
  }

  function commitRuns(batch: readonly UnderWay[]): void {
    library.write(null, (note) => {
      for (const live of batch) writePending(store, live, note);
    });
    for (const live of batch) settle(live);
    for (const live of batch) listeners.onCommitted(live);
  }

  return {
    touched(live) {
      dirty.add(live);
      // The first words after any change are what someone is waiting for.
      const isFirst = live.changedSeq === live.seq;
      if (live.hasNewState || isFirst || live.pendingChars > pendingLimitChars) return commit();
      callOff ??= timers.after(commitEveryMs, commit);
    },
    commit,
    end(live, clientId) {
      dirty.delete(live);
      library.write(clientId, (note) => {
        writePieces(store, live);
        store.fold(live.run.id, { ...stateToColumns(live.state), ...toldColumns(live) });
        note(changeOf(live));
      });
    },
    forget: (live) => void dirty.delete(live),
  };
}

function writePending(store: RunStore, live: UnderWay, note: (change: Change) => void): void {
  writePieces(store, live);
  const columns: Partial<RunRow> = {
    ...(live.hasNewState && stateToColumns(live.state)),
    ...(live.hasNewReceipt && toldColumns(live)),
  };
  if (live.hasNewState || live.hasNewReceipt) store.update(live.run.id, columns);
  if (live.hasNewState) note(changeOf(live));
}

function toldColumns({ receipt, request }: UnderWay) {
  return { ...receiptToColumns(receipt), ...requestToColumns(request) };
}

function writePieces(store: RunStore, live: UnderWay): void {
  const firstSeq = firstPieceSeq(live);
  live.pending.forEach(({ kind, text, atMs }, index) => {
    store.insertDelta({ run_id: live.run.id, seq: firstSeq + index, kind, text, at_ms: atMs });
  });
}

/** A change of state takes a number of its own, before the pieces that came with it. */
function firstPieceSeq(live: UnderWay): number {
  return live.seq + (live.hasNewState ? 2 : 1);
}

/** Brings the numbers up to what was just committed. */
function settle(live: UnderWay): void {
  const firstSeq = firstPieceSeq(live);
  const lastHeading = live.pending.findLastIndex((piece) => piece.kind === 'heading');
  if (live.hasNewState) live.changedSeq = live.seq + 1;
  if (lastHeading >= 0) live.changedSeq = firstSeq + lastHeading;
  live.seq = firstSeq + live.pending.length - 1;
  live.pending = [];
  live.pendingChars = 0;
  live.hasNewState = false;
  live.hasNewReceipt = false;
}

function changeOf({ run }: UnderWay): Change {
  return { type: 'run', notebookId: run.notebookId, cellId: run.cellId, runId: run.id };
}
