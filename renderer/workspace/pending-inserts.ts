import type { Cell } from '#shared/domain/cell.ts';
import { refuse } from '#shared/domain/failure.ts';
import type { CellId } from '#shared/domain/ids.ts';

interface Pending {
  readonly cell: Cell;
  readonly send: () => Promise<Cell>;
  underWay: Promise<Cell> | null;
}

/**
 * Cells that are on the page already and not yet in the library. What is typed into them waits for
 * their insertion; an insertion that a lost connection swallowed is repeated, and inserts once.
 */
export interface PendingInserts {
  add(cell: Cell, send: () => Promise<Cell>): Promise<Cell>;
  /** The inserted cell once it is in the library; `null` for a cell that is not waiting. */
  settled(cellId: CellId): Promise<Cell | null>;
  /** It will not be inserted any more. */
  drop(cellId: CellId): void;
  cells(): readonly Cell[];
  retryAll(): Promise<void>;
}

export function createPendingInserts(): PendingInserts {
  const waiting = new Map<CellId, Pending>();
  const start = (pending: Pending): Promise<Cell> => {
    const underWay = pending.send().then(
      (cell) => {
        waiting.delete(cell.id);
        return cell;
      },
      (error: unknown) => {
        pending.underWay = null;
        throw error;
      },
    );
    pending.underWay = underWay;
    return underWay;
  };
  return {
    add: (cell, send) => {
      const pending: Pending = { cell, send, underWay: null };
      waiting.set(cell.id, pending);
      return start(pending);
    },
    settled: async (cellId) => {
      const pending = waiting.get(cellId);
      if (!pending) return null;
      // It failed and waits for the connection; so does whatever is built on it.
      if (!pending.underWay) throw refuse('connection-lost', {});
      return pending.underWay;
    },
    drop: (cellId) => {
      waiting.delete(cellId);
    },
    cells: () => [...waiting.values()].map((pending) => pending.cell),
    retryAll: async () => {
      await Promise.allSettled([...waiting.values()].map((pending) => pending.underWay ?? start(pending)));
    },
  };
}
