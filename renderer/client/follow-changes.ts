import type { FeedEntry } from '#shared/domain/change.ts';
import { backoffMs } from './backoff.ts';
import type { Connection } from './connection.ts';
import { isConnectionLost } from './failures.ts';
import { pause } from './scheduler.ts';
import type { Scheduler } from './scheduler.ts';

export interface FeedListener {
  /** Changes in order, each once, also across lost connections. */
  changed(entries: readonly FeedEntry[]): void;
  /** What is known can no longer be brought up to date step by step: load everything again. */
  reset(): void;
  /** The feed broke for a reason other than a lost connection; it is tried again. */
  broke(error: unknown): void;
}

/** Follows the library's change feed until `signal` is aborted, resuming where it left off. */
export async function followChanges(
  connection: Connection,
  listener: FeedListener,
  scheduler: Scheduler,
  signal: AbortSignal,
): Promise<void> {
  let afterSeq: number | null = null;
  let failedAttempts = 0;
  while (!signal.aborted) {
    try {
      await connection.whenOpen(signal);
      const events = await connection.client.changes.watch({ afterSeq }, { signal });
      for await (const event of events) {
        failedAttempts = 0;
        if (event.type === 'reset') {
          afterSeq = event.seq;
          listener.reset();
          continue;
        }
        const known: number = afterSeq ?? 0;
        const entries = event.entries.filter((entry) => entry.seq > known);
        const newest = entries.at(-1);
        if (!newest) continue;
        afterSeq = newest.seq;
        listener.changed(entries);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (!isConnectionLost(error)) listener.broke(error);
    }
    // Also after a stream that ended without an error, so that a broken backend is not asked in a tight loop.
    await pause(backoffMs(failedAttempts, 0.5), scheduler, signal);
    failedAttempts += 1;
  }
}
