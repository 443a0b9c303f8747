import Database from 'better-sqlite3';
import type { Change, FeedEntry } from '#shared/domain/change.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import type { Clock } from '#shared/domain/time.ts';
import type { Log } from '#backend/logs/log.ts';
import { createFeed } from './feed.ts';
import { inspectLibraryFile } from './inspect.ts';
import type { Library } from './library.ts';
import { libraryLocation } from './location.ts';
import { migrate, newestVersion } from './migrate.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import type { Migration } from './migrations/index.ts';
import { explainSqliteError, explainingErrors } from './sqlite-errors.ts';
import { requireSafeSqlite } from './sqlite-version.ts';

/** How long a statement waits for a stranger's lock, such as another program reading the file. */
const busyTimeoutMs = 5_000;
const walLimitBytes = 64_000_000;

export interface OpenOptions {
  /** Absolute, or `:memory:`. */
  readonly path: string;
  readonly log: Log;
  readonly clock: Clock;
  /** Those of this version of Scholium unless a test brings its own. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens a library, making it where there is none and bringing an older one to the newest format.
 * Takes no lock: call `acquireLibraryLock` first. Throws `AppError` `sqlite-too-old`,
 * `library-not-sqlite`, `library-newer`, `library-read-only`, `library-damaged`,
 * `library-unreachable`, `library-backup-failed`, `library-busy`, `disk-full` or `disk-failed`.
 */
export async function openLibrary(options: OpenOptions): Promise<Library> {
  const { log, clock, migrations = allMigrations } = options;
  requireSafeSqlite();
  const isInMemory = options.path === ':memory:';
  const path = isInMemory ? options.path : libraryLocation(options.path);
  if (!isInMemory) inspectLibraryFile(path, newestVersion(migrations));

  const db = explainingErrors(path, () => new Database(path, { timeout: busyTimeoutMs }));
  try {
    configure(db);
    await migrate(db, { path, migrations, log, clock });
    return createLibrary(db, path, log);
  } catch (error) {
    db.close();
    throw explainSqliteError(error, path);
  }
}

function configure(db: Database.Database): void {
  // Meets a damaged schema before anything is written.
  db.prepare('SELECT count(*) FROM sqlite_schema').get();
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
  db.pragma('foreign_keys = ON');
  db.pragma('journal_mode = WAL');
  // better-sqlite3 compiles in NORMAL for WAL, which may lose acknowledged commits in a power cut.
  db.pragma('synchronous = FULL');
  db.pragma(`journal_size_limit = ${walLimitBytes}`);
  if (process.platform === 'darwin') {
    // Plain fsync on macOS leaves data in the drive's cache.
    db.pragma('fullfsync = ON');
    db.pragma('checkpoint_fullfsync = ON');
  }
}

function createLibrary(db: Database.Database, path: string, log: Log): Library {
  const feed = createFeed(db, log);
  // Those noted by the write under way, of all writes that joined it.
  let noted: FeedEntry[] = [];
  let depth = 0;

  function runNoting<Result>(
    clientId: ClientId | null,
    work: (note: (change: Change) => void) => Result,
  ): Result {
    const before = noted.length;
    depth += 1;
    try {
      // A full disk may roll back the whole transaction from within: nothing may be added to its ruins.
      if (depth > 1 && !db.inTransaction) throw new Error('The transaction this write joins is gone');
      const inTransaction = db.transaction(() => work((change) => noted.push(feed.append(clientId, change))));
      return depth > 1 ? inTransaction() : inTransaction.immediate();
    } catch (error) {
      // Rolled back, with the numbers given: SQLite gives them again.
      noted = noted.slice(0, before);
      throw explainSqliteError(error, path);
    } finally {
      depth -= 1;
    }
  }

  return {
    path,
    db,
    feed,
    write(clientId, work) {
      // A transaction opened behind our back would commit later than we tell of it.
      if (depth === 0 && db.inTransaction) throw new Error('Library.write inside a foreign transaction');
      const result = runNoting(clientId, work);
      if (depth === 0) {
        const entries = noted;
        noted = [];
        feed.publish(entries);
      }
      return result;
    },
    read: (work) => explainingErrors(path, work),
    close() {
      if (!db.open) return;
      try {
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch (error) {
        // The log keeps what could not be moved, and the next start moves it.
        log.warn('library.checkpoint-failed', { code: codeOf(explainSqliteError(error, path)) });
      }
      db.close();
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
