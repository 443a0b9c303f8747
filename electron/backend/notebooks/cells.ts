import type { Inputs } from '#shared/contract/index.ts';
import { limits } from '#shared/contract/schemas.ts';
import type { Cell, CellKind, ProblemCell } from '#shared/domain/cell.ts';
import type { Change } from '#shared/domain/change.ts';
import { refuse } from '#shared/domain/failure.ts';
import { brand } from '#shared/domain/ids.ts';
import type { CellId, ClientId, NotebookId } from '#shared/domain/ids.ts';
import type { Clock, UtcMs } from '#shared/domain/time.ts';
import { requireLength, storableText } from '../store/index.ts';
import type { Library } from '../store/index.ts';
import type { CellHistory, CellVersion } from './cell-history.ts';
import type { CellTable } from './cell-table.ts';
import type { NotebookTable } from './notebook-table.ts';
import { choiceToText, rowToCell } from './rows.ts';
import type { CellContent, CellRow } from './rows.ts';

type Input = Inputs['cells'];
type Note = (change: Change) => void;

export interface CellParts {
  readonly library: Library;
  readonly clock: Clock;
  readonly notebooks: NotebookTable;
  readonly cells: CellTable;
  readonly history: CellHistory;
}

export interface Cells {
  /** In order, without removed ones. Empty for an unknown notebook. */
  cellsOf(notebookId: string): readonly Cell[];
  /** Throws `AppError` `cell-not-found`, for a removed cell too. */
  getCell(cellId: string): Cell;
  /** A problem that can be run. Throws `AppError` `cell-not-found`, `cell-not-a-problem`, `library-damaged`. */
  getProblem(cellId: string): ProblemCell;
  /** A repeated call answers with the cell as it is. Throws `notebook-not-found`, `cell-not-found` (of `afterCellId`), `text-too-long`. */
  insertCell(input: Input['insert']): Cell;
  /**
   * A save that would change nothing is acknowledged at any base revision: an acknowledgement may get
   * lost. A removed cell is saved too, for whoever restores it. Throws `revision-conflict`,
   * `cell-not-found`, `text-too-long`.
   */
  saveCell(input: Input['save']): Cell;
  /** Leaves the revision as it is, so that nobody's typing conflicts with a move. Throws `cell-not-found`, `library-damaged`. */
  moveCell(input: Input['move']): Cell;
  removeCell(input: Input['remove']): { readonly cellId: CellId };
  restoreCell(input: Input['restore']): Cell;
  /** Ends the cell's editing spell: its present content stays in the history. Call when a run starts. */
  closeSpell(cellId: string): void;
  /** What the cell held at the end of each editing spell, newest first. */
  versionsOf(cellId: string): readonly CellVersion[];
}

export function createCells({ library, clock, notebooks, cells, history }: CellParts): Cells {
  const nowMs = (): UtcMs => Math.round(clock.utcMs());

  function change(
    input: { readonly clientId: string; readonly cellId: string },
    work: (row: CellRow, note: Note, isDamaged: boolean) => CellRow,
  ): Cell {
    return library.write(brand<ClientId>(input.clientId), (note) => {
      const { row, isDamaged } = cells.require(input.cellId);
      const next = work(row, note, isDamaged);
      return rowToCell({ row: next, isDamaged: isDamaged && next === row });
    });
  }

  function store(row: CellRow, changes: Partial<CellRow>, note: Note): CellRow {
    const updated_at = Math.max(nowMs(), row.updated_at);
    const next = cells.replace({ ...row, ...changes, updated_at });
    notebooks.touch(next.notebook_id, updated_at);
    // Windows that ask for a removed cell would only learn that it is gone.
    if (next.removed_at === null) note(changeOf(next));
    return next;
  }

  /** Writing a damaged row for another reason would let its damage pass for what was written. */
  function requireWhole(isDamaged: boolean): void {
    if (isDamaged) throw refuse('library-damaged', { path: library.path, damagedRows: 1 });
  }

  const present = (cellId: string) => {
    const found = library.read(() => cells.require(cellId));
    if (found.row.removed_at !== null) throw refuse('cell-not-found', { cellId });
    return found;
  };

  return {
    cellsOf: (notebookId) => library.read(() => cells.ofNotebook(notebookId).map(rowToCell)),
    getCell: (cellId) => rowToCell(present(cellId)),
    getProblem(cellId) {
      const cell = rowToCell(present(cellId));
      requireWhole(cell.isDamaged === true);
      if (cell.kind !== 'problem') throw refuse('cell-not-a-problem', { cellId });
      return cell;
    },
    insertCell: (input) =>
      library.write(brand<ClientId>(input.clientId), (note) => {
        const existing = cells.find(input.cellId);
        if (existing) return rowToCell(existing);
        notebooks.require(input.notebookId);
        const place = cells.placeAfter(input.notebookId, input.afterCellId);
        noteSpread(input.notebookId, place.spreadCellIds, note);
        const row = cells.insert(newRow(input, place.orderKey, nowMs()));
        notebooks.touch(row.notebook_id, row.updated_at);
        history.closeOtherSpells(input.clientId, row.id);
        history.record(row, input.clientId, row.updated_at);
        note(changeOf(row));
        return rowToCell({ row, isDamaged: false });
      }),
    saveCell: (input) =>
      change(input, (row, note, isDamaged) => {
        const content = contentAfter(row, input);
        if (!isDamaged && isSameContent(row, content)) return row;
        if (input.baseRevision !== row.revision) {
          throw refuse('revision-conflict', {
            currentRevision: row.revision,
            baseRevision: input.baseRevision,
          });
        }
        const next = store(row, { ...content, revision: row.revision + 1 }, note);
        history.closeOtherSpells(input.clientId, row.id);
        history.record(next, input.clientId, nowMs());
        return next;
      }),
    moveCell: (input) =>
      change(input, (row, note, isDamaged) => {
        history.closeSpell(row.id);
        // Behind itself it stays where it is.
        if (input.afterCellId === row.id) return row;
        requireWhole(isDamaged);
        const place = cells.placeAfter(row.notebook_id, input.afterCellId);
        noteSpread(row.notebook_id, place.spreadCellIds, note);
        return store(row, { order_key: place.orderKey }, note);
      }),
    removeCell(input) {
      change(input, (row, note, isDamaged) => {
        if (row.removed_at !== null) return row;
        requireWhole(isDamaged);
        history.closeSpell(row.id);
        const next = store(row, { removed_at: Math.max(nowMs(), row.updated_at) }, note);
        note({ ...changeOf(next), type: 'cell-removed' });
        return next;
      });
      return { cellId: brand<CellId>(input.cellId) };
    },
    restoreCell: (input) =>
      change(input, (row, note, isDamaged) => {
        if (row.removed_at === null) return row;
        requireWhole(isDamaged);
        return store(row, { removed_at: null }, note);
      }),
    closeSpell: (cellId) => library.write(null, () => history.closeSpell(cellId)),
    versionsOf: (cellId) => library.read(() => history.versionsOf(cellId)),
  };
}

/** A new cell's row. Throws `AppError` `text-too-long`. */
export function newRow(
  cell: {
    readonly cellId: string;
    readonly notebookId: string;
    readonly kind: CellKind;
    readonly source: string;
    readonly answerKey?: string | null | undefined;
    readonly domain?: string | null | undefined;
  },
  orderKey: string,
  nowMs: UtcMs,
): Omit<CellRow, 'checksum'> {
  return {
    id: cell.cellId,
    notebook_id: cell.notebookId,
    order_key: orderKey,
    kind: cell.kind,
    source: kept(cell.source, limits.sourceChars),
    answer_key: keptOrNull(cell.answerKey ?? null, limits.sourceChars),
    domain: keptOrNull(cell.domain ?? null, limits.domainChars),
    choice: null,
    pinned_run_id: null,
    revision: 1,
    created_at: nowMs,
    updated_at: nowMs,
    removed_at: null,
  };
}

/** A note keeps its key and domain out of sight, for when it becomes a problem again. */
function contentAfter(row: CellRow, input: Input['save']): CellContent {
  const { source, kind, answerKey, domain, choice, pinnedRunId } = input;
  return {
    kind: kind ?? row.kind,
    source: source === undefined ? row.source : kept(source, limits.sourceChars),
    answer_key: answerKey === undefined ? row.answer_key : keptOrNull(answerKey, limits.sourceChars),
    domain: domain === undefined ? row.domain : keptOrNull(domain, limits.domainChars),
    choice: choice === undefined ? row.choice : choiceToText(choice),
    pinned_run_id: pinnedRunId === undefined ? row.pinned_run_id : pinnedRunId,
  };
}

function isSameContent(row: CellRow, content: CellContent): boolean {
  return (
    row.kind === content.kind &&
    row.source === content.source &&
    row.answer_key === content.answer_key &&
    row.domain === content.domain &&
    row.choice === content.choice &&
    row.pinned_run_id === content.pinned_run_id
  );
}

function kept(text: string, limitChars: number): string {
  requireLength(text, limitChars);
  return storableText(text);
}

function keptOrNull(text: string | null, limitChars: number): string | null {
  return text === null ? null : kept(text, limitChars);
}

function changeOf(row: { readonly id: string; readonly notebook_id: string }) {
  const notebookId = brand<NotebookId>(row.notebook_id);
  return { type: 'cell', notebookId, cellId: brand<CellId>(row.id) } as const;
}

function noteSpread(notebookId: string, cellIds: readonly string[], note: Note): void {
  for (const id of cellIds) note(changeOf({ id, notebook_id: notebookId }));
}
