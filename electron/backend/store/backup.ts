import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import type { UtcMs } from '#shared/domain/time.ts';

const nameRow = z.object({ name: z.string() });
const checkRow = z.object({ quick_check: z.string() });

/**
 * Copies an open library into the folder `backups` beside it, opens the copy, and compares the two
 * row by row. Returns the copy's path. Throws `AppError` `library-backup-failed`, or
 * `library-damaged` when the copy fails because the library itself does; leaves no half copy behind.
 */
export async function backUp(
  db: Database.Database,
  path: string,
  version: number,
  nowMs: UtcMs,
): Promise<string> {
  const folder = join(dirname(path), 'backups');
  const extension = extname(path);
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const target = join(folder, `${basename(path, extension)}-format-${version}-${stamp}${extension}`);
  const partial = `${target}.partial`;
  try {
    mkdirSync(folder, { recursive: true });
    rmSync(partial, { force: true });
    await db.backup(partial);
    compareWithCopy(db, partial);
    flush(partial, 'r+');
    renameSync(partial, target);
    // Windows cannot open folders, and needs no flush for a rename to last.
    if (process.platform !== 'win32') flush(folder, 'r');
    return target;
  } catch (error) {
    if (existsSync(partial)) rmSync(partial);
    if (quickCheck(db) !== 'ok') throw refuse('library-damaged', { path, damagedRows: 0 }, { cause: error });
    const reason = error instanceof Error ? error.message : String(error);
    throw refuse('library-backup-failed', { path, reason }, { cause: error });
  }
}

function compareWithCopy(db: Database.Database, copyPath: string): void {
  const copy = new Database(copyPath, { fileMustExist: true });
  try {
    // One file with nothing beside it: a copy in WAL mode could be parted from its log.
    copy.pragma('journal_mode = DELETE');
    if (quickCheck(copy) !== 'ok') throw new Error('the copy fails its check');
    if (fingerprint(copy) !== fingerprint(db)) throw new Error('the copy differs');
  } finally {
    copy.close();
  }
}

function quickCheck(db: Database.Database): string {
  try {
    return checkRow.parse(db.prepare('PRAGMA quick_check(1)').get()).quick_check;
  } catch (error) {
    if (error instanceof Database.SqliteError) return error.code;
    throw error;
  }
}

/** Every table's name, number of rows, and the sum of its rows' checksums, which no order changes. */
function fingerprint(db: Database.Database): string {
  const tables = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map((row) => nameRow.parse(row).name);
  return JSON.stringify(
    tables.map((table) => {
      let rows = 0;
      let sum = 0;
      const quoted = `"${table.replaceAll('"', '""')}"`;
      for (const row of db.prepare(`SELECT * FROM ${quoted}`).raw().iterate()) {
        rows += 1;
        sum = (sum + crc32(JSON.stringify(row))) % Number.MAX_SAFE_INTEGER;
      }
      return [table, rows, sum];
    }),
  );
}

function flush(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
