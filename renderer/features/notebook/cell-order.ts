import type { Cell } from '#shared/domain/cell.ts';
import type { CellId } from '#shared/domain/ids.ts';

export function neighbourOf(cells: readonly Cell[], cellId: CellId, by: -1 | 1): CellId | null {
  const index = cells.findIndex((cell) => cell.id === cellId);
  return index < 0 ? null : (cells[index + by]?.id ?? null);
}

/** Where the selection goes when a cell is removed: the next one, else the one before. */
export function selectionAfterRemoval(cells: readonly Cell[], cellId: CellId): CellId | null {
  return neighbourOf(cells, cellId, 1) ?? neighbourOf(cells, cellId, -1);
}

/** The cell after which a moved one lands; `null` is the top; `undefined` when it cannot move that way. */
export function moveTarget(cells: readonly Cell[], cellId: CellId, by: -1 | 1): CellId | null | undefined {
  const index = cells.findIndex((cell) => cell.id === cellId);
  if (index < 0 || !cells[index + by]) return undefined;
  // Upwards it lands after the neighbour's own predecessor, downwards after the neighbour.
  return by === 1 ? cells[index + 1]?.id : (cells[index - 2]?.id ?? null);
}
