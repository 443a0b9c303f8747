import type { Migration } from '#backend/store/migrations/index.ts';

/** An older format with the least of what Scholium itself needs, and content with references. */
export const firstFormat: Migration = {
  version: 1,
  name: 'first',
  up: (db) =>
    void db.exec(`
      CREATE TABLE change_feed (seq INTEGER PRIMARY KEY AUTOINCREMENT, client_id TEXT, change TEXT NOT NULL) STRICT;
      CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
      CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER NOT NULL REFERENCES parent (id)) STRICT;
    `),
};

/** Rebuilds a table that others refer to: the hardest thing a step may have to do. */
export const addColour: Migration = {
  version: 2,
  name: 'colour',
  up: (db) =>
    void db.exec(`
      CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL, colour TEXT NOT NULL) STRICT;
      INSERT INTO new_parent SELECT id, name, 'red' FROM parent;
      DROP TABLE parent;
      ALTER TABLE new_parent RENAME TO parent;
    `),
};
