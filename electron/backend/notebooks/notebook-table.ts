import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import type { Notebook } from '#shared/domain/notebook.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { withChecksum } from '../store/index.ts';
import type { Library } from '../store/index.ts';
import { checkedNotebook, readNotebookRow, rowToNotebook } from './rows.ts';
import type { Found, NotebookRow } from './rows.ts';

export interface NotebookTable {
  find(notebookId: string): Found<NotebookRow> | null;
  /** Throws `AppError` `notebook-not-found`. */
  require(notebookId: string): Found<NotebookRow>;
  /** Most recently changed first. */
  list(where: 'shelf' | 'trash'): readonly Notebook[];
  insert(row: Omit<NotebookRow, 'checksum'>): Notebook;
  replace(row: Omit<NotebookRow, 'checksum'>): Notebook;
  /** One of its cells changed. */
  touch(notebookId: string, nowMs: UtcMs): void;
  updatedAt(notebookId: string): UtcMs;
}

const updatedAtRow = z.object({ updated_at: z.int() });

/** The table `notebook`. */
export function createNotebookTable({ db }: Library): NotebookTable {
  const select = db.prepare('SELECT * FROM notebook WHERE id = ?');
  const order = 'ORDER BY updated_at DESC, id';
  const selectShelf = db.prepare(`SELECT * FROM notebook WHERE deleted_at IS NULL ${order}`);
  const selectTrash = db.prepare(`SELECT * FROM notebook WHERE deleted_at IS NOT NULL ${order}`);
  const insert = db.prepare(`
    INSERT INTO notebook (id, title, tags, macros, default_choice, revision, created_at, updated_at,
      deleted_at, checksum)
    VALUES (@id, @title, @tags, @macros, @default_choice, @revision, @created_at, @updated_at,
      @deleted_at, @checksum)`);
  const update = db.prepare(`
    UPDATE notebook SET title = @title, tags = @tags, macros = @macros, default_choice = @default_choice,
      revision = @revision, created_at = @created_at, updated_at = @updated_at, deleted_at = @deleted_at,
      checksum = @checksum
    WHERE id = @id`);
  const touch = db.prepare('UPDATE notebook SET updated_at = max(updated_at, ?) WHERE id = ?');
  const selectUpdatedAt = db.prepare('SELECT updated_at FROM notebook WHERE id = ?');

  const find = (notebookId: string): Found<NotebookRow> | null => {
    const raw = select.get(notebookId);
    return raw === undefined ? null : readNotebookRow(raw);
  };

  return {
    find,
    require(notebookId) {
      const found = find(notebookId);
      if (!found) throw refuse('notebook-not-found', { notebookId });
      return found;
    },
    list: (where) =>
      (where === 'shelf' ? selectShelf : selectTrash).all().map((raw) => rowToNotebook(readNotebookRow(raw))),
    insert(row) {
      const stored = withChecksum(checkedNotebook, row);
      insert.run(stored);
      return rowToNotebook({ row: stored, isDamaged: false });
    },
    replace(row) {
      const stored = withChecksum(checkedNotebook, row);
      update.run(stored);
      return rowToNotebook({ row: stored, isDamaged: false });
    },
    touch: (notebookId, nowMs) => void touch.run(nowMs, notebookId),
    updatedAt: (notebookId) => updatedAtRow.parse(selectUpdatedAt.get(notebookId)).updated_at,
  };
}
