import type Database from 'better-sqlite3';

/** Notebooks, cells with their history, settings and the change feed. */
export function createLibraryTables(db: Database.Database): void {
  db.exec(`
    CREATE TABLE change_feed (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      client_id TEXT,
      change TEXT NOT NULL
    ) STRICT;

    CREATE TABLE setting (
      name TEXT PRIMARY KEY NOT NULL,
      value TEXT NOT NULL,
      checksum INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE notebook (
      id TEXT PRIMARY KEY NOT NULL,
      title TEXT NOT NULL,
      tags TEXT NOT NULL,
      macros TEXT NOT NULL,
      default_choice TEXT,
      revision INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      deleted_at INTEGER,
      checksum INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE cell (
      id TEXT PRIMARY KEY NOT NULL,
      notebook_id TEXT NOT NULL REFERENCES notebook (id),
      order_key TEXT NOT NULL,
      kind TEXT NOT NULL,
      source TEXT NOT NULL,
      answer_key TEXT,
      domain TEXT,
      choice TEXT,
      pinned_run_id TEXT,
      revision INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      removed_at INTEGER,
      checksum INTEGER NOT NULL,
      UNIQUE (notebook_id, order_key)
    ) STRICT;

    CREATE TABLE cell_revision (
      cell_id TEXT NOT NULL REFERENCES cell (id),
      revision INTEGER NOT NULL,
      kind TEXT NOT NULL,
      source TEXT NOT NULL,
      answer_key TEXT,
      domain TEXT,
      choice TEXT,
      pinned_run_id TEXT,
      client_id TEXT NOT NULL,
      spell_began_at INTEGER NOT NULL,
      saved_at INTEGER NOT NULL,
      is_open INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      UNIQUE (cell_id, revision)
    ) STRICT;

    CREATE INDEX cell_revision_open ON cell_revision (client_id) WHERE is_open = 1;
  `);
}
