import type Database from 'better-sqlite3';
import { createLibraryTables } from './0001-library.ts';
import { createRunTables } from './0002-runs.ts';

/** One step from a format of the library to the next. Never changed once released. */
export interface Migration {
  /** The format it leads to, kept in SQLite's `user_version`. Rises by one from step to step. */
  readonly version: number;
  readonly name: string;
  /** Runs inside the runner's transaction, with foreign keys off and checked at its end. */
  readonly up: (db: Database.Database) => void;
}

/** In order; a new step is appended with the next number. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'library', up: createLibraryTables },
  { version: 2, name: 'runs', up: createRunTables },
];
