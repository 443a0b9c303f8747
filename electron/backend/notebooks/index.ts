import type { Inputs } from '#shared/contract/index.ts';
import { limits } from '#shared/contract/schemas.ts';
import type { NotebookDraft } from '#shared/domain/draft.ts';
import { refuse } from '#shared/domain/failure.ts';
import { brand, newId } from '#shared/domain/ids.ts';
import type { CellId, ClientId, NotebookId } from '#shared/domain/ids.ts';
import type { Macros, Notebook } from '#shared/domain/notebook.ts';
import type { Clock, UtcMs } from '#shared/domain/time.ts';
import { requireLength, storableText } from '../store/index.ts';
import type { Library } from '../store/index.ts';
import { createCellHistory } from './cell-history.ts';
import { createCellTable } from './cell-table.ts';
import { createCells, newRow } from './cells.ts';
import type { Cells } from './cells.ts';
import { createNotebookTable } from './notebook-table.ts';
import { spreadKeys } from './order.ts';
import { checkedCell, checkedNotebook, checkedRevision, choiceToText, rowToNotebook } from './rows.ts';
import type { NotebookRow } from './rows.ts';

type Input = Inputs['notebooks'];

export type { CellVersion } from './cell-history.ts';

/** The tables of this room, for `verifyLibrary`. */
export const notebookTables = [checkedNotebook, checkedCell, checkedRevision] as const;

export interface Notebooks extends Cells {
  /** Those not in the trash, most recently changed first. */
  list(): readonly Notebook[];
  listTrash(): readonly Notebook[];
  /** One in the trash too. Throws `AppError` `notebook-not-found`. */
  get(notebookId: string): Notebook;
  /** A repeated call with the same id answers with the notebook as it is. */
  create(input: Input['create']): Notebook;
  /**
   * An update that would change nothing is acknowledged at any base revision. Throws
   * `revision-conflict`, `notebook-not-found`, `text-too-long`.
   */
  update(input: Input['update']): Notebook;
  /** Into the trash, from which nothing ever vanishes by itself. Throws `notebook-not-found`, `library-damaged`. */
  remove(input: Input['remove']): Notebook;
  restore(input: Input['restore']): Notebook;
  /** A whole notebook in one transaction. Throws `text-too-long`. */
  importNotebook(clientId: string, draft: NotebookDraft): Notebook;
}

/** Notebooks and their cells in a library. */
export function createNotebooks({ library, clock }: { library: Library; clock: Clock }): Notebooks {
  const notebooks = createNotebookTable(library);
  const history = createCellHistory(library);
  const cells = createCellTable(library, history);
  const nowMs = (): UtcMs => Math.round(clock.utcMs());

  function insert(id: NotebookId, fields: Pick<NotebookRow, 'title' | 'tags' | 'macros'>): Notebook {
    const now = nowMs();
    const dates = { created_at: now, updated_at: now, deleted_at: null };
    return notebooks.insert({ id, ...fields, default_choice: null, revision: 1, ...dates });
  }

  /** `work` gives the row as it shall be, or the same row to leave it. */
  function change(
    input: { readonly clientId: string; readonly notebookId: string },
    work: (row: NotebookRow, isDamaged: boolean) => NotebookRow,
  ): Notebook {
    return library.write(brand<ClientId>(input.clientId), (note) => {
      const found = notebooks.require(input.notebookId);
      const next = work(found.row, found.isDamaged);
      if (next === found.row) return rowToNotebook(found);
      note({ type: 'notebook', notebookId: brand<NotebookId>(next.id) });
      return notebooks.replace({ ...next, updated_at: Math.max(nowMs(), found.row.updated_at) });
    });
  }

  /** Writing a damaged row for another reason would let its damage pass for what was written. */
  function requireWhole(isDamaged: boolean): void {
    if (isDamaged) throw refuse('library-damaged', { path: library.path, damagedRows: 1 });
  }

  function importCells(notebookId: NotebookId, clientId: string, draft: NotebookDraft): void {
    const keys = spreadKeys(draft.cells.length);
    const now = nowMs();
    draft.cells.forEach((cell, index) => {
      const key = keys[index];
      if (key === undefined) throw new Error('Fewer keys than cells');
      const row = cells.insert(newRow({ ...cell, cellId: newId<CellId>(), notebookId }, key, now));
      history.record(row, clientId, now);
      history.closeSpell(row.id);
    });
  }

  return {
    ...createCells({ library, clock, notebooks, cells, history }),
    list: () => library.read(() => notebooks.list('shelf')),
    listTrash: () => library.read(() => notebooks.list('trash')),
    get: (notebookId) => library.read(() => rowToNotebook(notebooks.require(notebookId))),
    create: (input) =>
      library.write(brand<ClientId>(input.clientId), (note) => {
        const notebookId = brand<NotebookId>(input.notebookId ?? newId<NotebookId>());
        const existing = notebooks.find(notebookId);
        if (existing) return rowToNotebook(existing);
        note({ type: 'notebook', notebookId });
        return insert(notebookId, { title: keptTitle(input.title), tags: '[]', macros: '{}' });
      }),
    update: (input) =>
      change(input, (row, isDamaged) => {
        const fields = fieldsAfter(row, input);
        if (!isDamaged && isSame(row, fields)) return row;
        if (input.baseRevision !== row.revision) {
          throw refuse('revision-conflict', {
            currentRevision: row.revision,
            baseRevision: input.baseRevision,
          });
        }
        return { ...row, ...fields, revision: row.revision + 1 };
      }),
    remove: (input) =>
      change(input, (row, isDamaged) => {
        if (row.deleted_at !== null) return row;
        requireWhole(isDamaged);
        return { ...row, deleted_at: Math.max(nowMs(), row.updated_at) };
      }),
    restore: (input) =>
      change(input, (row, isDamaged) => {
        if (row.deleted_at === null) return row;
        requireWhole(isDamaged);
        return { ...row, deleted_at: null };
      }),
    importNotebook: (clientId, draft) =>
      library.write(brand<ClientId>(clientId), (note) => {
        const notebookId = newId<NotebookId>();
        const notebook = insert(notebookId, {
          title: keptTitle(draft.title),
          tags: tagsToText(draft.tags),
          macros: macrosToText(draft.macros),
        });
        importCells(notebookId, clientId, draft);
        note({ type: 'notebook', notebookId });
        return notebook;
      }),
  };
}

type Fields = Pick<NotebookRow, 'title' | 'tags' | 'macros' | 'default_choice'>;

function fieldsAfter(row: NotebookRow, { title, tags, macros, defaultChoice }: Input['update']): Fields {
  return {
    title: title === undefined ? row.title : keptTitle(title),
    tags: tags === undefined ? row.tags : tagsToText(tags),
    macros: macros === undefined ? row.macros : macrosToText(macros),
    default_choice: defaultChoice === undefined ? row.default_choice : choiceToText(defaultChoice),
  };
}

function isSame(row: Fields, fields: Fields): boolean {
  return (
    row.title === fields.title &&
    row.tags === fields.tags &&
    row.macros === fields.macros &&
    row.default_choice === fields.default_choice
  );
}

function keptTitle(title: string): string {
  requireLength(title, limits.titleChars);
  return storableText(title);
}

function tagsToText(tags: readonly string[]): string {
  return JSON.stringify(tags.map(keptTitle));
}

function macrosToText(macros: Macros): string {
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(macros).map(([name, body]) => {
        requireLength(body, limits.macroChars);
        return [storableText(name), storableText(body)];
      }),
    ),
  );
}
