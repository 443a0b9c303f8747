import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Change, FeedEntry } from '#shared/domain/change.ts';
import { brand } from '#shared/domain/ids.ts';
import type { CellId, ClientId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { Log } from '#backend/logs/log.ts';
import type { ChangeFeed } from './library.ts';

/** Whoever is further behind loads everything again. */
const keptEntries = 10_000;
/** The feed is trimmed once in so many entries. */
const trimEvery = 100;

const notebookId = z.string().transform((text) => brand<NotebookId>(text));
const cellId = z.string().transform((text) => brand<CellId>(text));
const runId = z.string().transform((text) => brand<RunId>(text));

const change: z.ZodType<Change> = z.discriminatedUnion('type', [
  z.object({ type: z.literal('notebook'), notebookId }),
  z.object({ type: z.literal('cell'), notebookId, cellId }),
  z.object({ type: z.literal('cell-removed'), notebookId, cellId }),
  z.object({ type: z.literal('run'), notebookId, cellId, runId }),
  z.object({ type: z.literal('settings') }),
  z.object({ type: z.literal('keys') }),
]);

const entryRow = z.object({
  seq: z.int(),
  client_id: z
    .string()
    .transform((text) => brand<ClientId>(text))
    .nullable(),
  change: z.string(),
});
const seqRow = z.object({ seq: z.int().nullable() });

export interface StoredFeed extends ChangeFeed {
  /** Stores one change within the transaction under way. */
  append(clientId: ClientId | null, change: Change): FeedEntry;
  /** Tells listeners of committed entries, in the order of their numbers. */
  publish(entries: readonly FeedEntry[]): void;
}

/** The feed over the table `change_feed`. A listener that throws is logged and breaks nobody else. */
export function createFeed(db: Database.Database, log: Log): StoredFeed {
  const insert = db.prepare('INSERT INTO change_feed (client_id, change) VALUES (?, ?)');
  const trim = db.prepare('DELETE FROM change_feed WHERE seq <= ?');
  // The counter outlives trimmed rows, so that no number is given twice.
  const latest = db.prepare("SELECT max(seq) AS seq FROM sqlite_sequence WHERE name = 'change_feed'");
  const oldest = db.prepare('SELECT min(seq) AS seq FROM change_feed');
  const after = db.prepare('SELECT seq, client_id, change FROM change_feed WHERE seq > ? ORDER BY seq');

  const listeners = new Set<(entries: readonly FeedEntry[]) => void>();
  const waiting: (readonly FeedEntry[])[] = [];
  let isPublishing = false;

  const latestSeq = (): number => seqRow.parse(latest.get()).seq ?? 0;

  return {
    latestSeq,
    since(afterSeq) {
      const newest = latestSeq();
      if (afterSeq > newest) return null;
      if (afterSeq === newest) return [];
      const first = seqRow.parse(oldest.get()).seq;
      if (first === null || afterSeq < first - 1) return null;
      return after.all(afterSeq).map(rowToEntry);
    },
    subscribe(listener) {
      // Wrapped, so that one function subscribed twice is two subscriptions.
      const own = (entries: readonly FeedEntry[]): void => listener(entries);
      listeners.add(own);
      return () => listeners.delete(own);
    },
    append(clientId, noted) {
      const seq = Number(insert.run(clientId, JSON.stringify(noted)).lastInsertRowid);
      if (seq % trimEvery === 0) trim.run(seq - keptEntries);
      return { seq, clientId, change: noted };
    },
    publish(entries) {
      if (entries.length > 0) waiting.push(entries);
      // A listener that writes publishes again: its entries wait until all have heard these.
      if (isPublishing) return;
      isPublishing = true;
      try {
        for (let next = waiting.shift(); next; next = waiting.shift()) tell(listeners, next, log);
      } finally {
        isPublishing = false;
      }
    },
  };
}

function rowToEntry(row: unknown): FeedEntry {
  const { seq, client_id, change: text } = entryRow.parse(row);
  return { seq, clientId: client_id, change: change.parse(JSON.parse(text)) };
}

function tell(
  listeners: ReadonlySet<(entries: readonly FeedEntry[]) => void>,
  entries: readonly FeedEntry[],
  log: Log,
): void {
  for (const listener of listeners) {
    try {
      listener(entries);
    } catch (error) {
      log.error('feed.listener-failed', error);
    }
  }
}
