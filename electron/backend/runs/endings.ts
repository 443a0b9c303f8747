import { AppError, failure } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { ClientId, RunId } from '#shared/domain/ids.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Run, RunState } from '#shared/domain/run.ts';
import type { Clock } from '#shared/domain/time.ts';
import type { Log } from '../logs/log.ts';
import { elapsedMs } from './conduct.ts';
import { costOf } from './cost.ts';
import type { Journal } from './journal.ts';
import { endingStep } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { advance } from './state.ts';
import type { RunStore } from './store.ts';
import { endHalfPair } from './under-way.ts';
import type { UnderWay } from './under-way.ts';
import { withPending } from './unsaved.ts';
import type { Unsaved } from './unsaved.ts';

export interface EndingTools {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: RunStore;
  readonly journal: Journal;
  readonly unsaved: Unsaved;
  /** Told once of each run that ended, when it can be read as such. */
  onEnded(runId: RunId): void;
}

/**
 * Ends a run under way, once: whoever comes second changes nothing. `atMs`, in milliseconds since it
 * was sent, is when that was observed; without it, now. `clientId`: who asked for it.
 */
export function endRun(
  tools: EndingTools,
  live: UnderWay,
  outcome: Outcome,
  { atMs, clientId = null }: { atMs?: number | undefined; clientId?: ClientId | null } = {},
): void {
  const { clock, unsaved, journal, store, log } = tools;
  if (hasEnded(live.state)) return;
  // Its sending could not be written down, so it was not sent.
  if (live.sentMs === null) live.state = { state: 'queued' };
  const endMs = atMs ?? elapsedMs(live, clock);
  endHalfPair(live, endMs ?? 0);
  live.state = advance(live.state, endingStep(live, outcome, clock.utcMs(), endMs));
  live.receipt = { ...live.receipt, costNanoUsd: costOf(live.run, live.receipt, live.sentMs !== null) };
  try {
    journal.end(live, clientId);
  } catch (error) {
    live.state = afterRefusal(live.state, explain(log, live, error));
    unsaved.keep(live, clientId, withPending(committed(store, live), live));
  }
  live.abort.abort();
  tools.onEnded(live.run.id);
  log.info('run-ended', { runId: live.run.id, provider: live.run.choice.provider, ...valuesOf(live.state) });
}

/** What a run failed of, for whatever was thrown while it was under way. Bugs are logged. */
export function explain(log: Log, live: UnderWay, error: unknown): Failure {
  if (error instanceof AppError) return error.failure;
  return failure('internal', { reference: log.error('run-failed', error, { runId: live.run.id }) });
}

/** An answer that is only in memory must not look as safe as one that was saved. */
function afterRefusal(state: RunState, failed: Failure): RunState {
  if (state.state === 'queued' || state.state === 'running') return state;
  const { sentAt, endedAt, times } = state;
  return { state: 'failed', sentAt, endedAt, times, failure: failed };
}

/** The run as far as it can be read back; the disk that refuses writes may refuse that too. */
function committed(store: RunStore, live: UnderWay): Run {
  try {
    return store.find(live.run.id) ?? live.run;
  } catch {
    return live.run;
  }
}

function valuesOf(state: RunState) {
  if (!hasEnded(state)) return { state: state.state };
  const { waitMs, thinkingMs, writingMs, totalMs } = state.times;
  const failureCode = 'failure' in state ? state.failure.code : null;
  return { state: state.state, failureCode, waitMs, thinkingMs, writingMs, totalMs };
}
