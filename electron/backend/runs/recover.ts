import type { Run, RunState } from '#shared/domain/run.ts';
import type { Log } from '../logs/log.ts';
import type { Library } from '../store/index.ts';
import { costOf } from './cost.ts';
import { appEnded } from './outcome.ts';
import { receiptToColumns, stateToColumns } from './rows.ts';
import { advance } from './state.ts';
import type { RunStore } from './store.ts';

/**
 * Ends what a crash left under way: each such run becomes `interrupted` with its text, and none is
 * sent again. A run that was still queued was never sent; sending it now, unasked and at a time nobody
 * chose, would spend the user's money, so it ends too and its failure says that nothing was billed.
 * Returns how many were ended. A run too damaged to be read is left as it is and logged.
 */
export function recoverRuns(library: Library, store: RunStore, log: Log): number {
  let ended = 0;
  for (const runId of library.read(() => store.idsUnderWay())) {
    try {
      library.write(null, (note) => {
        const run = store.find(runId);
        if (!run) return;
        const state = interrupted(run, store.lastDeltaMs(runId));
        const costNanoUsd = costOf(run, run.receipt, run.state === 'running');
        const columns = { ...stateToColumns(state), ...receiptToColumns({ ...run.receipt, costNanoUsd }) };
        store.fold(runId, columns, { isCrashed: true });
        note({ type: 'run', notebookId: run.notebookId, cellId: run.cellId, runId });
      });
      ended += 1;
      log.info('run-recovered', { runId });
    } catch (error) {
      log.error('run-not-recovered', error, { runId });
    }
  }
  return ended;
}

/** Nobody saw its end: that is put where it was last seen alive, and its total stays unknown. */
function interrupted(run: Run, lastDeltaMs: number | null): RunState {
  return advance(run, {
    type: 'interrupted',
    failure: appEnded(run.state === 'running'),
    endedAt: lastSeenAt(run, lastDeltaMs),
    atMs: null,
    reasoningTokens: run.receipt.usage.reasoningTokens,
  });
}

function lastSeenAt(run: Run, lastDeltaMs: number | null): number {
  if (run.state !== 'running') return run.createdAt;
  const { firstSignMs, firstThinkingMs, firstTextMs } = run.marks;
  const seen = [firstSignMs, firstThinkingMs, firstTextMs, lastDeltaMs];
  return run.sentAt + Math.max(...seen.map((atMs) => atMs ?? 0));
}
