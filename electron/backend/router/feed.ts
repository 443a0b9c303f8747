import type { FeedEntry, FeedEvent } from '#shared/domain/change.ts';
import type { ChangeFeed } from '../store/library.ts';

/** A reader this far behind is told to load everything again instead of growing the queue. */
const maxPendingEntries = 5_000;

/**
 * All changes after `afterSeq`, then every new one as it is committed, until `signal` is aborted.
 * `null`, and a number the feed no longer reaches back to, start with a `reset`.
 */
export async function* watchChanges(
  feed: ChangeFeed,
  afterSeq: number | null,
  signal?: AbortSignal,
): AsyncGenerator<FeedEvent, void, undefined> {
  let pending: FeedEntry[] = [];
  let overflowed = false;
  let wake = (): void => {};
  const unsubscribe = feed.subscribe((entries) => {
    if (pending.length + entries.length > maxPendingEntries) {
      overflowed = true;
      pending = [];
    } else {
      pending.push(...entries);
    }
    wake();
  });
  const onAbort = (): void => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    yield firstEvent(feed, afterSeq);
    while (!signal?.aborted) {
      if (overflowed) {
        overflowed = false;
        pending = [];
        yield { type: 'reset', seq: feed.latestSeq() };
      } else if (pending.length > 0) {
        const entries = pending;
        pending = [];
        yield { type: 'changes', entries };
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    unsubscribe();
    signal?.removeEventListener('abort', onAbort);
  }
}

function firstEvent(feed: ChangeFeed, afterSeq: number | null): FeedEvent {
  const missed = afterSeq === null || afterSeq > feed.latestSeq() ? null : feed.since(afterSeq);
  return missed === null ? { type: 'reset', seq: feed.latestSeq() } : { type: 'changes', entries: missed };
}
