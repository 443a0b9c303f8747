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
  /**
   * Moves what the journal holds into the run's own row, together with these changes. `isCrashed`: the
   * journal was written by a process that is gone, so its checksums are checked; where they do not
   * match, the run is known as damaged from then on.
   */
  fold(runId: RunId, changes: Partial<RunRow>, journal?: { readonly isCrashed: boolean }): void;
}

interface Found<Row> {
  readonly row: Row;
  /** As it was stored. */
  readonly checksum: number;
  readonly isDamaged: boolean;
}

const checksum = z.object({ checksum: z.int() });
const idRow = z.object({ id: z.string().transform((id) => brand<RunId>(id)) });
const textsRow = z.object({ answer: z.string().nullable(), thinking: z.string().nullable() });
const headingRow = z.object({ at_ms: z.int(), text: z.string() });
const lastMsRow = z.object({ at_ms: z.int().nullable() });

/** SQLite's "all of them". */
const noLimit = -1;

/** Reading and writing the tables `run` and `run_delta`. */
export function createRunStore(library: Library): RunStore {
  const statements = prepareStatements(library);
  const damaged = () => refuse('library-damaged', { path: library.path, damagedRows: 1 });

  /** In SQL: a long run's journal has tens of thousands of rows, and is read while others stream. */
  function folded(runId: RunId): Pick<RunRow, 'answer' | 'thinking' | 'headings'> {
    const { answer, thinking } = textsRow.parse(statements.texts.get({ runId }));
    const headings = statements.headings.all(runId).map((row) => headingRow.parse(row));
    return {
      answer: answer ?? '',
      thinking: thinking ?? '',
      headings: JSON.stringify(headings.map(({ at_ms, text }) => ({ atMs: at_ms, text }))),
    };
  }

  function toRun(stored: unknown): Run | null {
    const found = readRun(stored);
    if (!found || found.row.state !== 'running') return found && parseRun(found);
    return parseRun({ ...found, row: { ...found.row, ...folded(found.row.id) } });
  }

  function update(runId: RunId, changes: Partial<RunRow>, isDamaged = false): void {
    const found = readRun(statements.run.get(runId));
    if (!found) throw damaged();
    const sealed = withChecksum(runTable, { ...found.row, ...changes });
    const staysBroken = found.isDamaged || isDamaged;
    statements.updateRun.run(staysBroken ? { ...sealed, checksum: found.checksum } : sealed);
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
    deltasAfter: (runId, afterSeq, limit) =>
      statements.deltas.all(runId, afterSeq, limit).map((stored) => deltaRow.parse(stored)),
    lastDeltaMs: (runId) => lastMsRow.parse(statements.lastMs.get(runId)).at_ms,
    fold(runId, changes, journal) {
      const isBroken =
        journal?.isCrashed === true && !statements.deltas.all(runId, 0, noLimit).every(isWhole);
      update(runId, { ...changes, ...folded(runId) }, isBroken);
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
    texts: db.prepare(`
      SELECT group_concat(text, '' ORDER BY seq) FILTER (WHERE kind = 'text') AS answer,
        group_concat(text, '' ORDER BY seq) FILTER (WHERE kind = 'thinking') AS thinking
      FROM run_delta WHERE run_id = @runId`),
    headings: db.prepare(
      "SELECT at_ms, text FROM run_delta WHERE run_id = ? AND kind = 'heading' ORDER BY seq",
    ),
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

function isWhole(stored: unknown): boolean {
  const row = deltaRow.safeParse(stored);
  const sum = checksum.safeParse(stored);
  return row.success && sum.success && isIntact(deltaTable, { ...row.data, ...sum.data });
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
