import type { Cell } from '#shared/domain/cell.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { CellId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { Notebook } from '#shared/domain/notebook.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Run } from '#shared/domain/run.ts';

/** The notebook on the page, as this window shows it. */
export interface OpenNotebook {
  readonly notebook: Notebook;
  readonly cells: Readonly<Record<string, Cell>>;
  /** Cell ids in the order of the page. */
  readonly order: readonly CellId[];
  readonly runs: Readonly<Record<string, Run>>;
  /** Run ids by cell, newest first. */
  readonly runsByCell: Readonly<Record<string, readonly RunId[]>>;
}

export type NotebookState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly notebookId: NotebookId }
  | { readonly kind: 'open'; readonly open: OpenNotebook }
  | { readonly kind: 'failed'; readonly notebookId: NotebookId; readonly failure: Failure };

export function openedWith(parts: {
  readonly notebook: Notebook;
  readonly cells: readonly Cell[];
  readonly runs: readonly Run[];
}): OpenNotebook {
  const cells: Record<string, Cell> = {};
  for (const cell of parts.cells) cells[cell.id] = cell;
  const runs: Record<string, Run> = {};
  for (const run of parts.runs) runs[run.id] = run;
  return {
    notebook: parts.notebook,
    cells,
    order: inOrder(parts.cells),
    runs,
    runsByCell: byCell(parts.runs),
  };
}

/** Adds the cell, or puts it in place of its older version; the page is reordered only when it must be. */
export function withCell(open: OpenNotebook, cell: Cell): OpenNotebook {
  const former = open.cells[cell.id];
  if (former === cell || cell.notebookId !== open.notebook.id) return open;
  const cells = { ...open.cells, [cell.id]: cell };
  const isInPlace = former !== undefined && former.orderKey === cell.orderKey;
  return { ...open, cells, order: isInPlace ? open.order : inOrder(Object.values(cells)) };
}

export function withoutCell(open: OpenNotebook, cellId: CellId): OpenNotebook {
  if (!open.cells[cellId]) return open;
  const { [cellId]: _removed, ...cells } = open.cells;
  return { ...open, cells, order: open.order.filter((id) => id !== cellId) };
}

/** Adds the run or its newer form; an ended run is never put back into an earlier state. */
export function withRun(open: OpenNotebook, run: Run): OpenNotebook {
  if (run.notebookId !== open.notebook.id) return open;
  const former = open.runs[run.id];
  if (former && hasEnded(former) && !hasEnded(run)) return open;
  const runs = { ...open.runs, [run.id]: run };
  return { ...open, runs, runsByCell: former ? open.runsByCell : byCell(Object.values(runs)) };
}

/** The cell before this one; `null` when it is the first. */
export function cellBefore(open: OpenNotebook, cellId: CellId): CellId | null {
  const index = open.order.indexOf(cellId);
  return open.order[index - 1] ?? null;
}

function inOrder(cells: readonly Cell[]): CellId[] {
  // By code unit, as SQLite's BINARY collation compares: fractional keys are made for that order.
  return cells
    .toSorted((left, right) => compare(left.orderKey, right.orderKey) || compare(left.id, right.id))
    .map((cell) => cell.id);
}

function byCell(runs: readonly Run[]): Record<string, readonly RunId[]> {
  const newestFirst = runs.toSorted(
    (left, right) => right.createdAt - left.createdAt || compare(right.id, left.id),
  );
  const grouped: Record<string, RunId[]> = {};
  for (const run of newestFirst) (grouped[run.cellId] ??= []).push(run.id);
  return grouped;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
