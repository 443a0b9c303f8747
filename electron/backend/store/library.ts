import type Database from 'better-sqlite3';
import type { Change, FeedEntry } from '#shared/domain/change.ts';
import type { ClientId } from '#shared/domain/ids.ts';

/** An open library: the one writing connection, and the feed of what was written. */
export interface Library {
  /** Absolute path; `:memory:` for one that is never written to a disk. */
  readonly path: string;
  readonly db: Database.Database;
  /**
   * Runs `work` in one short IMMEDIATE transaction. The changes it notes are stored in the feed by
   * the same transaction, and told to listeners only once it is committed. What `work` throws rolls
   * everything back. A write inside a write joins it: both are committed, and told, together.
   * A full or failing disk and a library that became read-only surface as `AppError`.
   */
  write<Result>(clientId: ClientId | null, work: (note: (change: Change) => void) => Result): Result;
  /** Runs `work`, which only reads; damage and disk errors it meets surface as `AppError`. */
  read<Result>(work: () => Result): Result;
  readonly feed: ChangeFeed;
  /** Checkpoints, closes the connection and gives up the library. */
  close(): void;
}

export interface ChangeFeed {
  /** The newest entry's number, 0 in a fresh library. */
  latestSeq(): number;
  /** Entries after `afterSeq` in order; `null` when they are no longer kept. */
  since(afterSeq: number): readonly FeedEntry[] | null;
  /** Tells of every commit's entries from now on. Returns the way to stop. */
  subscribe(listener: (entries: readonly FeedEntry[]) => void): () => void;
}
