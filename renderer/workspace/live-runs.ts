import { failureIn, isConnectionLost } from '#renderer/client/failures.ts';
import type { Connection } from '#renderer/client/connection.ts';
import { pause } from '#renderer/client/scheduler.ts';
import type { Scheduler } from '#renderer/client/scheduler.ts';
import type { RunEvent } from '#shared/domain/change.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { RunId } from '#shared/domain/ids.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Run } from '#shared/domain/run.ts';

/** A run while this window watches it. */
export interface LiveRun {
  readonly run: Run;
  readonly answer: string;
  readonly thinking: string;
  /** Number of the last delta in the texts. */
  readonly seq: number;
  /** The backend's own measure, and when this window heard it; `null` until the request was sent. */
  readonly elapsed: { readonly elapsedMs: number; readonly heardAtMs: number } | null;
}

/** Applies one event; `undefined` before the run itself was heard of. */
export function advance(live: LiveRun | undefined, event: RunEvent, nowMs: number): LiveRun | undefined {
  switch (event.type) {
    case 'delta':
      // A delta heard twice after rejoining is the same delta.
      if (!live || event.seq <= live.seq) return live;
      return event.kind === 'text'
        ? { ...live, seq: event.seq, answer: live.answer + event.text }
        : { ...live, seq: event.seq, thinking: live.thinking + event.text };
    case 'run': {
      const { run } = event;
      // While it runs, the text told by deltas may be ahead of the copy inside the run.
      const isNewer = !live || hasEnded(run) || event.seq > live.seq;
      return {
        run,
        answer: isNewer ? run.answer : live.answer,
        thinking: isNewer ? run.thinking : live.thinking,
        seq: Math.max(event.seq, live?.seq ?? 0),
        elapsed: event.elapsedMs === null ? null : { elapsedMs: event.elapsedMs, heardAtMs: nowMs },
      };
    }
  }
}

export interface LiveRuns {
  /** The run as watched so far; `undefined` while nothing was heard. */
  get(runId: RunId): LiveRun | undefined;
  /** Watches the run for as long as anyone listens, and tells of each event. */
  listen(runId: RunId, listener: () => void): () => void;
}

/** Between two attempts to go on watching, so that a backend that is closing is not asked in a tight loop. */
const rejoinMs = 250;

interface Watched {
  live: LiveRun | undefined;
  readonly listeners: Set<() => void>;
  readonly stop: AbortController;
}

export function createLiveRuns(edge: {
  readonly connection: Connection;
  readonly scheduler: Scheduler;
  /** Each newer state of the run itself, its end included. */
  changed(run: Run): void;
  failed(failure: Failure): void;
}): LiveRuns {
  const watched = new Map<RunId, Watched>();

  const follow = async (runId: RunId, entry: Watched): Promise<void> => {
    const { signal } = entry.stop;
    while (!signal.aborted && !(entry.live && hasEnded(entry.live.run))) {
      try {
        await edge.connection.whenOpen(signal);
        const afterSeq = entry.live ? entry.live.seq : null;
        const events = await edge.connection.client.runs.watch({ runId, afterSeq }, { signal });
        for await (const event of events) {
          if (signal.aborted) return;
          entry.live = advance(entry.live, event, edge.scheduler.nowMs());
          if (event.type === 'run') edge.changed(event.run);
          for (const listener of entry.listeners) listener();
        }
      } catch (error) {
        if (signal.aborted) return;
        if (!isConnectionLost(error)) {
          edge.failed(failureIn(error));
          return;
        }
      }
      await pause(rejoinMs, edge.scheduler, signal);
    }
  };

  return {
    get: (runId) => watched.get(runId)?.live,
    listen: (runId, listener) => {
      let entry = watched.get(runId);
      if (!entry) {
        entry = { live: undefined, listeners: new Set(), stop: new AbortController() };
        watched.set(runId, entry);
        void follow(runId, entry);
      }
      const joined = entry;
      joined.listeners.add(listener);
      return () => {
        joined.listeners.delete(listener);
        if (joined.listeners.size > 0) return;
        joined.stop.abort();
        if (watched.get(runId) === joined) watched.delete(runId);
      };
    },
  };
}
