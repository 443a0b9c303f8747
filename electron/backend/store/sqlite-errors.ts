import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { AppError, refuse } from '#shared/domain/failure.ts';

/** Below this much room SQLite's vaguer I/O errors (a shared-memory file that cannot grow) mean a full disk. */
const nearlyFullBytes = 1_000_000;

/**
 * What SQLite or the file system reported, as an expected failure where it is one. Everything else,
 * such as a violated constraint, is a bug and comes back as it was.
 */
export function explainSqliteError(error: unknown, path: string): unknown {
  if (error instanceof AppError || !(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  const options = { cause: error };
  if (code === 'SQLITE_FULL') return refuse('disk-full', { path }, options);
  if (code === 'SQLITE_READONLY_DBMOVED')
    return refuse('library-unreachable', { path, reason: code }, options);
  if (code.startsWith('SQLITE_READONLY')) return refuse('library-read-only', { path }, options);
  if (code.startsWith('SQLITE_BUSY')) return refuse('library-busy', { path }, options);
  if (code.startsWith('SQLITE_CORRUPT')) return refuse('library-damaged', { path, damagedRows: 0 }, options);
  if (code === 'SQLITE_NOTADB') return refuse('library-not-sqlite', { path }, options);
  if (code.startsWith('SQLITE_CANTOPEN')) {
    return refuse('library-unreachable', { path, reason: code }, options);
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return isNearlyFull(path)
      ? refuse('disk-full', { path }, options)
      : refuse('disk-failed', { path, reason: code }, options);
  }
  return error;
}

/** Runs `work` and throws what SQLite reports as an expected failure where it is one. */
export function explainingErrors<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw explainSqliteError(error, path);
  }
}

function isNearlyFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize < nearlyFullBytes;
  } catch {
    // A disk that cannot even be asked is failing, not full.
    return false;
  }
}

/** The system's code of a file system error, such as `ENOENT`; `null` for any other error. */
export function systemCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
