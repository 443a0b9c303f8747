import type { CellId, RunId } from '#shared/domain/ids.ts';
import type { Run } from '#shared/domain/run.ts';

/** Newest first, the pinned one before all: newer runs never displace it. */
export function orderRuns(runs: readonly Run[], pinnedRunId: RunId | null): readonly Run[] {
  return [...runs].sort((one, other) => {
    if (one.id === other.id) return 0;
    if (one.id === pinnedRunId) return -1;
    if (other.id === pinnedRunId) return 1;
    return other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1);
  });
}

/** Each cell's runs in one pass over the notebook's; a cell without runs has no entry. */
export function runsByCell(runs: readonly Run[]): ReadonlyMap<CellId, readonly Run[]> {
  const byCell = new Map<CellId, Run[]>();
  for (const run of runs) {
    const ofCell = byCell.get(run.cellId);
    if (ofCell) ofCell.push(run);
    else byCell.set(run.cellId, [run]);
  }
  return byCell;
}

/**
 * The run whose answer is in front: the one the reader chose while it exists, else a running one
 * (it was just asked for), else the first in order.
 */
export function shownRun(ordered: readonly Run[], chosenId: RunId | null): Run | null {
  return ordered.find((run) => run.id === chosenId) ?? ordered[0] ?? null;
}
