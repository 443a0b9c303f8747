import type Database from 'better-sqlite3';

/** Runs, and the journal of those under way. */
export function createRunTables(db: Database.Database): void {
  db.exec(`
    CREATE TABLE run (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      notebook_id TEXT NOT NULL REFERENCES notebook (id),
      cell_id TEXT NOT NULL REFERENCES cell (id),
      created_at INTEGER NOT NULL,
      origin TEXT NOT NULL,
      question TEXT NOT NULL,
      provider TEXT NOT NULL,
      model TEXT NOT NULL,
      effort TEXT,
      endpoint TEXT NOT NULL,
      request_body TEXT NOT NULL,
      prices TEXT,
      state TEXT NOT NULL,
      sent_at INTEGER,
      ended_at INTEGER,
      first_sign_ms INTEGER,
      first_thinking_ms INTEGER,
      first_text_ms INTEGER,
      wait_ms INTEGER,
      thinking_ms INTEGER,
      writing_ms INTEGER,
      total_ms INTEGER,
      finish TEXT,
      failure TEXT,
      answer TEXT NOT NULL,
      thinking TEXT NOT NULL,
      headings TEXT NOT NULL,
      response_id TEXT,
      request_id TEXT,
      model_returned TEXT,
      service_tier TEXT,
      input_tokens INTEGER,
      cached_input_tokens INTEGER,
      cache_write_tokens INTEGER,
      output_tokens INTEGER,
      reasoning_tokens INTEGER,
      cost_nano_usd INTEGER,
      checked_by TEXT,
      checksum INTEGER NOT NULL
    ) STRICT;

    CREATE INDEX run_by_notebook ON run (notebook_id, created_at);
    CREATE INDEX run_by_date ON run (created_at);
    CREATE INDEX run_under_way ON run (state) WHERE state IN ('queued', 'running');

    CREATE TABLE run_delta (
      run_id TEXT NOT NULL REFERENCES run (id),
      seq INTEGER NOT NULL,
      kind TEXT NOT NULL,
      text TEXT NOT NULL,
      at_ms INTEGER NOT NULL,
      checksum INTEGER NOT NULL,
      PRIMARY KEY (run_id, seq)
    ) STRICT, WITHOUT ROWID;
  `);
}
