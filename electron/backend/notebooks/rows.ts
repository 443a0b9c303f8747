import { z } from 'zod';
import { macros as macrosSchema, modelChoice } from '#shared/contract/schemas.ts';
import { cellKinds } from '#shared/domain/cell.ts';
import type { Cell } from '#shared/domain/cell.ts';
import { brand } from '#shared/domain/ids.ts';
import type { CellId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { ModelChoice } from '#shared/domain/model.ts';
import type { Notebook } from '#shared/domain/notebook.ts';
import { isIntact } from '../store/index.ts';
import type { CheckedTable } from '../store/index.ts';

/** Rows as SQLite gives them. Damage can turn any value into another type, so each has a stand-in. */
const text = z.string();
const textOrNull = z.string().nullable();
const kind = z.enum(cellKinds);

const notebookRow = z.object({
  id: text,
  title: text,
  tags: text,
  macros: text,
  default_choice: textOrNull,
  revision: z.int(),
  created_at: z.int(),
  updated_at: z.int(),
  deleted_at: z.int().nullable(),
  checksum: z.int(),
});
export type NotebookRow = z.infer<typeof notebookRow>;

const salvagedNotebookRow = notebookRow.extend({
  title: text.catch(''),
  tags: text.catch('[]'),
  macros: text.catch('{}'),
  default_choice: textOrNull.catch(null),
  revision: z.int().catch(1),
  created_at: z.int().catch(0),
  updated_at: z.int().catch(0),
  deleted_at: z.int().nullable().catch(null),
  checksum: z.int().catch(0),
});

/** The columns a cell shares with its history: what the user wrote and chose. */
const content = {
  kind,
  source: text,
  answer_key: textOrNull,
  domain: textOrNull,
  choice: textOrNull,
  pinned_run_id: textOrNull,
};
const cellContent = z.object(content);
export type CellContent = z.infer<typeof cellContent>;

const cellRow = z.object({
  id: text,
  notebook_id: text,
  order_key: text,
  ...content,
  revision: z.int(),
  created_at: z.int(),
  updated_at: z.int(),
  removed_at: z.int().nullable(),
  checksum: z.int(),
});
export type CellRow = z.infer<typeof cellRow>;

const salvagedCellRow = cellRow.extend({
  kind: kind.catch('note'),
  source: text.catch(''),
  answer_key: textOrNull.catch(null),
  domain: textOrNull.catch(null),
  choice: textOrNull.catch(null),
  pinned_run_id: textOrNull.catch(null),
  revision: z.int().catch(1),
  created_at: z.int().catch(0),
  updated_at: z.int().catch(0),
  removed_at: z.int().nullable().catch(null),
  checksum: z.int().catch(0),
});

const revisionRow = z.object({
  cell_id: text,
  revision: z.int(),
  ...content,
  client_id: text,
  spell_began_at: z.int(),
  saved_at: z.int(),
  is_open: z.int(),
  checksum: z.int(),
});
export type RevisionRow = z.infer<typeof revisionRow>;

export const checkedNotebook = {
  table: 'notebook',
  key: ['id'],
  // Not `updated_at`: each change of a cell moves it.
  columns: ['id', 'title', 'tags', 'macros', 'default_choice', 'revision', 'created_at', 'deleted_at'],
} as const satisfies CheckedTable;

const contentColumns = ['kind', 'source', 'answer_key', 'domain', 'choice', 'pinned_run_id'] as const;

export const checkedCell = {
  table: 'cell',
  key: ['id'],
  columns: [
    'id',
    'notebook_id',
    'order_key',
    ...contentColumns,
    'revision',
    'created_at',
    'updated_at',
    'removed_at',
  ],
} as const satisfies CheckedTable;

export const checkedRevision = {
  table: 'cell_revision',
  key: ['cell_id', 'revision'],
  // Not `is_open`: leaving a cell changes nothing that was written.
  columns: ['cell_id', 'revision', ...contentColumns, 'client_id', 'spell_began_at', 'saved_at'],
} as const satisfies CheckedTable;

/** A row, and whether it is what was written. */
export interface Found<Row> {
  readonly row: Row;
  readonly isDamaged: boolean;
}

export function readNotebookRow(raw: unknown): Found<NotebookRow> {
  const parsed = notebookRow.safeParse(raw);
  if (parsed.success && isIntact(checkedNotebook, parsed.data)) return { row: parsed.data, isDamaged: false };
  return { row: salvagedNotebookRow.parse(raw), isDamaged: true };
}

export function readCellRow(raw: unknown): Found<CellRow> {
  const parsed = cellRow.safeParse(raw);
  if (parsed.success && isIntact(checkedCell, parsed.data)) return { row: parsed.data, isDamaged: false };
  return { row: salvagedCellRow.parse(raw), isDamaged: true };
}

/** `null` for a row that is not what was written. */
export function readRevisionRow(raw: unknown): RevisionRow | null {
  const parsed = revisionRow.safeParse(raw);
  return parsed.success && isIntact(checkedRevision, parsed.data) ? parsed.data : null;
}

export function rowToNotebook({ row, isDamaged }: Found<NotebookRow>): Notebook {
  return {
    id: brand<NotebookId>(row.id),
    title: row.title,
    tags: parseJson(row.tags, z.array(z.string()), isDamaged, []),
    macros: parseJson(row.macros, macrosSchema, isDamaged, {}),
    defaultChoice: parseChoice(row.default_choice, isDamaged),
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    deletedAt: row.deleted_at,
    ...(isDamaged && { isDamaged }),
  };
}

export function rowToCell({ row, isDamaged }: Found<CellRow>): Cell {
  const base = {
    id: brand<CellId>(row.id),
    notebookId: brand<NotebookId>(row.notebook_id),
    orderKey: row.order_key,
    source: row.source,
    revision: row.revision,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(isDamaged && { isDamaged }),
  };
  if (row.kind === 'note') return { ...base, kind: 'note' };
  return {
    ...base,
    kind: 'problem',
    answerKey: row.answer_key,
    domain: row.domain,
    choice: parseChoice(row.choice, isDamaged),
    pinnedRunId: row.pinned_run_id === null ? null : brand<RunId>(row.pinned_run_id),
  };
}

/** Fields in one order, so that equal choices are equal texts. */
export function choiceToText(choice: ModelChoice | null): string | null {
  if (choice === null) return null;
  const { provider, model, effort } = choice;
  return JSON.stringify({ provider, model, effort });
}

function parseChoice(stored: string | null, isDamaged: boolean): ModelChoice | null {
  return stored === null ? null : parseJson(stored, modelChoice.nullable(), isDamaged, null);
}

/** In an intact row, what does not parse is a bug and throws; in a damaged one it is part of the damage. */
function parseJson<Value>(
  stored: string,
  schema: z.ZodType<Value>,
  isDamaged: boolean,
  standIn: Value,
): Value {
  try {
    return schema.parse(JSON.parse(stored));
  } catch (error) {
    if (isDamaged) return standIn;
    throw error;
  }
}
