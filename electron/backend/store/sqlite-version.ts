import Database from 'better-sqlite3';
import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';

/**
 * Versions before it can damage a library in WAL mode when two connections write and checkpoint:
 * https://sqlite.org/wal.html, section "The WAL-reset bug".
 */
const neededVersion = '3.51.3';

const versionRow = z.object({ version: z.string() });

/** Throws `AppError` `sqlite-too-old`, before any file has been touched. */
export function requireSafeSqlite(): void {
  const memory = new Database(':memory:');
  try {
    const row = memory.prepare('SELECT sqlite_version() AS version').get();
    requireVersion(versionRow.parse(row).version);
  } finally {
    memory.close();
  }
}

/** Throws `AppError` `sqlite-too-old` for a version such as `3.51.2`. */
export function requireVersion(foundVersion: string): void {
  if (compareVersions(foundVersion, neededVersion) < 0) {
    throw refuse('sqlite-too-old', { foundVersion, neededVersion });
  }
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  for (let index = 0; index < 3; index += 1) {
    const difference = (a?.[index] ?? 0) - (b?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
