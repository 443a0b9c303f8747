import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import { isIntact, withChecksum } from '../store/index.ts';
import type { Library } from '../store/index.ts';
import type { CellHistory } from './cell-history.ts';
import { keyBetween, spreadKeys } from './order.ts';
import { checkedCell, readCellRow } from './rows.ts';
import type { CellRow, Found } from './rows.ts';

export interface CellTable {
  /** Removed cells too. */
  find(cellId: string): Found<CellRow> | null;
  /** Removed cells too. Throws `AppError` `cell-not-found`. */
  require(cellId: string): Found<CellRow>;
  /** Those that were not removed, in order. */
  ofNotebook(notebookId: string): readonly Found<CellRow>[];
  /**
   * The place behind `afterCellId` (`null`: the top). Removed cells keep their places, so that each
   * can come back to its own. Call within a transaction. Throws `AppError` `cell-not-found`.
   */
  placeAfter(notebookId: string, afterCellId: string | null): Place;
  insert(row: Omit<CellRow, 'checksum'>): CellRow;
  replace(row: Omit<CellRow, 'checksum'>): CellRow;
}

export interface Place {
  readonly orderKey: string;
  /** Cells whose own keys had to be spread anew to make room; almost always none. */
  readonly spreadCellIds: readonly string[];
}

const keyRow = z.object({ order_key: z.string().nullable() });

/** The table `cell`. A damaged row is read from its copy in the history where that is intact. */
export function createCellTable({ db }: Library, history: CellHistory): CellTable {
  const select = db.prepare('SELECT * FROM cell WHERE id = ?');
  const selectAll = db.prepare('SELECT * FROM cell WHERE notebook_id = ? ORDER BY order_key, id');
  const keyOf = db.prepare('SELECT order_key FROM cell WHERE id = ? AND notebook_id = ?');
  const firstKey = db.prepare('SELECT min(order_key) AS order_key FROM cell WHERE notebook_id = ?');
  const nextKey = db.prepare(
    'SELECT min(order_key) AS order_key FROM cell WHERE notebook_id = ? AND order_key > ?',
  );
  const insert = db.prepare(`
    INSERT INTO cell (id, notebook_id, order_key, kind, source, answer_key, domain, choice, pinned_run_id,
      revision, created_at, updated_at, removed_at, checksum)
    VALUES (@id, @notebook_id, @order_key, @kind, @source, @answer_key, @domain, @choice, @pinned_run_id,
      @revision, @created_at, @updated_at, @removed_at, @checksum)`);
  const update = db.prepare(`
    UPDATE cell SET order_key = @order_key, kind = @kind, source = @source, answer_key = @answer_key,
      domain = @domain, choice = @choice, pinned_run_id = @pinned_run_id, revision = @revision,
      created_at = @created_at, updated_at = @updated_at, removed_at = @removed_at, checksum = @checksum
    WHERE id = @id`);

  const setKey = db.prepare('UPDATE cell SET order_key = ? WHERE id = ?');

  function mend(found: Found<CellRow>): Found<CellRow> {
    if (!found.isDamaged) return found;
    const copy = history.newest(found.row.id);
    if (!copy) return found;
    const { kind, source, answer_key, domain, choice, pinned_run_id, revision } = copy;
    const content = { kind, source, answer_key, domain, choice, pinned_run_id, revision };
    const row = { ...found.row, ...content };
    // Where that was not all, its place or its dates are damaged too.
    return { row, isDamaged: !isIntact(checkedCell, row) };
  }

  const find = (cellId: string): Found<CellRow> | null => {
    const raw = select.get(cellId);
    return raw === undefined ? null : mend(readCellRow(raw));
  };

  function replace(row: Omit<CellRow, 'checksum'>): CellRow {
    const stored = withChecksum(checkedCell, row);
    update.run(stored);
    return stored;
  }

  function findKey(notebookId: string, afterCellId: string | null): string | null {
    if (afterCellId === null) return keyBetween(null, keyRow.parse(firstKey.get(notebookId)).order_key);
    const raw = keyOf.get(afterCellId, notebookId);
    if (raw === undefined) throw refuse('cell-not-found', { cellId: afterCellId });
    const before = keyRow.parse(raw).order_key;
    return keyBetween(before, keyRow.parse(nextKey.get(notebookId, before)).order_key);
  }

  function spread(notebookId: string): readonly string[] {
    const all = selectAll.all(notebookId).map(readCellRow);
    const keys = spreadKeys(all.length);
    // First out of each other's way: no two cells of a notebook may share a key at any moment.
    all.forEach(({ row }, index) => setKey.run(`~${index}`, row.id));
    all.forEach(({ row, isDamaged }, index) => {
      const orderKey = keys[index] ?? row.order_key;
      // A damaged row keeps its wrong checksum, or its damage would pass for what was written.
      if (isDamaged) setKey.run(orderKey, row.id);
      else replace({ ...row, order_key: orderKey });
    });
    return all.map(({ row }) => row.id);
  }

  return {
    find,
    require(cellId) {
      const found = find(cellId);
      if (!found) throw refuse('cell-not-found', { cellId });
      return found;
    },
    ofNotebook: (notebookId) =>
      selectAll
        .all(notebookId)
        .map(readCellRow)
        .filter((found) => !wasRemoved(found))
        .map(mend),
    placeAfter(notebookId, afterCellId) {
      const orderKey = findKey(notebookId, afterCellId);
      if (orderKey !== null) return { orderKey, spreadCellIds: [] };
      const spreadCellIds = spread(notebookId);
      const found = findKey(notebookId, afterCellId);
      if (found === null) throw new Error('No room between keys that were just spread');
      return { orderKey: found, spreadCellIds };
    },
    insert(row) {
      const stored = withChecksum(checkedCell, row);
      insert.run(stored);
      return stored;
    },
    replace,
  };
}

/** A date of removal that damage put there must not hide a cell: a true one lies within the cell's life. */
function wasRemoved({ row, isDamaged }: Found<CellRow>): boolean {
  if (row.removed_at === null || !isDamaged) return row.removed_at !== null;
  return row.removed_at >= row.created_at && row.removed_at <= row.updated_at;
}
