import type Database from 'better-sqlite3';
import type { Log } from '#backend/logs/log.ts';
import type { Clock } from '#shared/domain/time.ts';
import { backUp } from './backup.ts';
import { applicationId } from './inspect.ts';
import { explainingErrors } from './sqlite-errors.ts';
import type { Migration } from './migrations/index.ts';

export interface MigrationSurroundings {
  /** `:memory:` for a library without a file. */
  readonly path: string;
  readonly migrations: readonly Migration[];
  readonly log: Log;
  readonly clock: Clock;
}

/** The format that a list of migrations leads to. Throws on a list that is not 1, 2, 3, … */
export function newestVersion(migrations: readonly Migration[]): number {
  migrations.forEach(({ version, name }, index) => {
    if (version !== index + 1) throw new Error(`Migration ${name} is out of order: ${version}`);
  });
  return migrations.length;
}

/**
 * Brings a library to the newest format: one transaction for each step, its number set by the same
 * transaction. A library that has content is backed up first. Throws `AppError`
 * `library-backup-failed`, `library-damaged` or `disk-full`; the library is then in a whole format,
 * its old one or that of the last finished step.
 */
export async function migrate(
  db: Database.Database,
  { path, migrations, log, clock }: MigrationSurroundings,
): Promise<void> {
  const found = versionOf(db);
  const newest = newestVersion(migrations);
  if (found >= newest) return;
  if (found > 0 && path !== ':memory:') {
    await backUp(db, path, found, clock.utcMs());
    log.info('library.backed-up', { version: found });
  }
  for (const migration of migrations.slice(found)) {
    explainingErrors(path, () => runMigration(db, migration));
    log.info('library.migrated', { version: migration.version, name: migration.name });
  }
}

function runMigration(db: Database.Database, { version, name, up }: Migration): void {
  // Off outside the transaction, as SQLite demands for rebuilding a table others refer to.
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      up(db);
      const broken = db.prepare('PRAGMA foreign_key_check').all();
      if (broken.length > 0) throw new Error(`Migration ${name} breaks ${broken.length} references`);
      db.pragma(`application_id = ${applicationId}`);
      db.pragma(`user_version = ${version}`);
    }).immediate();
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}
