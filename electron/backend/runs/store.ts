import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import { brand } from '#shared/domain/ids.ts';
import type { NotebookId, RunId } from '#shared/domain/ids.ts';
import type { Run } from '#shared/domain/run.ts';
import { isIntact, withChecksum } from '../store/index.ts';
import type { CheckedTable, Library } from '../store/index.ts';
import { deltaRow, deltaTable, rowToRun, runRow, runTable, runToRow } from './rows.ts';
import type { DeltaRow, RunRow } from './rows.ts';

/** The tables of this room. What writes must be called within `library.write`. */
export interface RunStore {
  insert(run: Run): void;
  /**
   * A damaged run is changed too, so that it can end, but keeps its old checksum: it stays known as
   * damaged. Throws `AppError` `library-damaged` for one that cannot be read at all.
   */
  update(runId: RunId, changes: Partial<RunRow>): void;
  /**
   * With the text committed so far for a run under way; `null` when there is none. Throws `AppError`
   * `library-damaged` for one that cannot be read at all.
   */
  find(runId: RunId): Run | null;
  /** Newest first, and how many more there are that cannot be read at all. */
  ofNotebook(notebookId: NotebookId): { readonly runs: Run[]; readonly unreadable: number };
  /** Those that a crash left queued or running, oldest first. */
  idsUnderWay(): RunId[];
  insertDelta(delta: DeltaRow): void;
  /** In order, at most `limit`. */
  deltasAfter(runId: RunId, afterSeq: number, limit: number): DeltaRow[];
  /** When the newest piece came, in milliseconds since sending; `null` when none did. */
  lastDeltaMs(runId: RunId): number | null;
  /** Moves what the journal holds into the run's own row, together with these changes. */
  fold(runId: RunId, changes: Partial<RunRow>): void;
}

interface Found<Row> {
  readonly row: Row;
  /** As it was stored. */
  readonly checksum: number;
  readonly isDamaged: boolean;
}

const checksum = z.object({ checksum: z.int() });
const idRow = z.object({ id: z.string().transform((id) => brand<RunId>(id)) });
const lastMsRow = z.object({ at_ms: z.int().nullable() });

/** SQLite's "all of them". */
const noLimit = -1;

/** Reading and writing the tables `run` and `run_delta`. */
export function createRunStore(library: Library): RunStore {
  const statements = prepareStatements(library);
  const damaged = () => refuse('library-damaged', { path: library.path, damagedRows: 1 });

  const deltasOf = (runId: RunId, afterSeq: number, limit: number): Found<DeltaRow>[] =>
    statements.deltas.all(runId, afterSeq, limit).flatMap((stored) => readDelta(stored) ?? []);
  const plainDeltas = (runId: RunId, afterSeq: number, limit: number): DeltaRow[] =>
    deltasOf(runId, afterSeq, limit).map(({ row }) => row);

  function toRun(stored: unknown): Run | null {
    const found = readRun(stored);
    if (!found) return null;
    if (found.row.state !== 'running') return parseRun(found);
    const deltas = deltasOf(found.row.id, 0, noLimit);
    const isDamaged = found.isDamaged || deltas.some((delta) => delta.isDamaged);
    return parseRun({ row: { ...found.row, ...folded(deltas.map(({ row }) => row)) }, isDamaged });
  }

  function update(runId: RunId, changes: Partial<RunRow>): void {
    const found = readRun(statements.run.get(runId));
    if (!found) throw damaged();
    const sealed = withChecksum(runTable, { ...found.row, ...changes });
    statements.updateRun.run(found.isDamaged ? { ...sealed, checksum: found.checksum } : sealed);
  }

  return {
    insert: (run) => void statements.insertRun.run(withChecksum(runTable, runToRow(run))),
    update,
    find(runId) {
      const stored = statements.run.get(runId);
      if (stored === undefined) return null;
      const run = toRun(stored);
      if (!run) throw damaged();
      return run;
    },
    ofNotebook(notebookId) {
      const stored = statements.notebook.all(notebookId);
      const runs = stored.flatMap((row) => toRun(row) ?? []);
      return { runs, unreadable: stored.length - runs.length };
    },
    idsUnderWay: () => statements.underWay.all().map((row) => idRow.parse(row).id),
    insertDelta: (delta) => void statements.insertDelta.run(withChecksum(deltaTable, delta)),
    deltasAfter: plainDeltas,
    lastDeltaMs: (runId) => lastMsRow.parse(statements.lastMs.get(runId)).at_ms,
    fold(runId, changes) {
      update(runId, { ...changes, ...folded(plainDeltas(runId, 0, noLimit)) });
      statements.deleteDeltas.run(runId);
    },
  };
}

function prepareStatements({ db }: Library) {
  const assignments = [...runTable.columns, 'checksum'].map((name) => `${name} = @${name}`).join(', ');
  return {
    insertRun: db.prepare(insertSql(runTable)),
    updateRun: db.prepare(`UPDATE run SET ${assignments} WHERE id = @id`),
    run: db.prepare('SELECT * FROM run WHERE id = ?'),
    notebook: db.prepare('SELECT * FROM run WHERE notebook_id = ? ORDER BY created_at DESC, number DESC'),
    underWay: db.prepare("SELECT id FROM run WHERE state IN ('queued', 'running') ORDER BY number"),
    insertDelta: db.prepare(insertSql(deltaTable)),
    deltas: db.prepare('SELECT * FROM run_delta WHERE run_id = ? AND seq > ? ORDER BY seq LIMIT ?'),
    lastMs: db.prepare('SELECT max(at_ms) AS at_ms FROM run_delta WHERE run_id = ?'),
    deleteDeltas: db.prepare('DELETE FROM run_delta WHERE run_id = ?'),
  };
}

function insertSql({ table, columns }: CheckedTable): string {
  const names = [...columns, 'checksum'];
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`;
}

/** `null` for a row whose values are not even of their types. */
function readRun(stored: unknown): Found<RunRow> | null {
  const row = runRow.safeParse(stored);
  const sum = checksum.safeParse(stored);
  if (!row.success || !sum.success) return null;
  return { row: row.data, ...sum.data, isDamaged: !isIntact(runTable, { ...row.data, ...sum.data }) };
}

function readDelta(stored: unknown): Found<DeltaRow> | null {
  const row = deltaRow.safeParse(stored);
  const sum = checksum.safeParse(stored);
  if (!row.success || !sum.success) return null;
  return { row: row.data, ...sum.data, isDamaged: !isIntact(deltaTable, { ...row.data, ...sum.data }) };
}

function parseRun({ row, isDamaged }: Pick<Found<RunRow>, 'row' | 'isDamaged'>): Run | null {
  if (!isDamaged) return rowToRun(row);
  try {
    return { ...rowToRun(row), isDamaged: true };
  } catch {
    // Damage beyond its own text, such as in the JSON of its request: reported as unreadable.
    return null;
  }
}

function folded(deltas: readonly DeltaRow[]): Pick<RunRow, 'answer' | 'thinking' | 'headings'> {
  const textOf = (kind: DeltaRow['kind']): string =>
    deltas
      .filter((delta) => delta.kind === kind)
      .map((delta) => delta.text)
      .join('');
  const headings = deltas
    .filter((delta) => delta.kind === 'heading')
    .map((delta) => ({ atMs: delta.at_ms, text: delta.text }));
  return { answer: textOf('text'), thinking: textOf('thinking'), headings: JSON.stringify(headings) };
}
