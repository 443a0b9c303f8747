import type { Failure } from '#shared/domain/failure.ts';
import type { Clock } from '#shared/domain/time.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Provider } from '../models/providers/provider.ts';
import type { Journal } from './journal.ts';
import { receive } from './receive.ts';
import { advance } from './state.ts';
import { breathe } from './timers.ts';
import type { Timers } from './timers.ts';
import type { Outcome } from './outcome.ts';
import type { UnderWay } from './under-way.ts';

/** A provider that has not let go this long after its run ended is left behind. */
export const letGoMs = 1_000;
/** A provider whose events are all there at once still lets others have a turn. */
const eventsPerBreath = 64;
/** Answer and thinking together: the backstop behind the providers' own limits. */
const answerLimitChars = 50_000_000;

export interface Conducting {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly journal: Journal;
  providerOf(live: UnderWay): Provider;
  /** Ends a run, unless it has ended. `atMs`: since sending; without it, now. */
  end(live: UnderWay, outcome: Outcome, atMs?: number): void;
  /** What to call an error that a provider threw. */
  explain(live: UnderWay, error: unknown): Failure;
}

/**
 * Sends a queued run and takes what comes until it has ended. Resolves, never rejects, when its place
 * in the queue is free again: when the provider let go, or `letGoMs` after the run's end.
 */
export async function conduct(live: UnderWay, by: Conducting): Promise<void> {
  let callOff = (): void => undefined;
  const leftBehind = new Promise<void>((resolve) => {
    live.abort.signal.addEventListener('abort', () => {
      callOff = by.timers.after(letGoMs, resolve);
    });
  });
  await Promise.race([attempt(live, by), leftBehind]);
  callOff();
}

async function attempt(live: UnderWay, by: Conducting): Promise<void> {
  if (hasEnded(live.state)) return;
  try {
    await take(live, by, by.providerOf(live).send(live.request, live.abort.signal));
    by.end(live, { type: 'cut-short' });
  } catch (error) {
    // An ended run's provider was told to stop, and may end any way it likes.
    if (!live.abort.signal.aborted) by.end(live, { type: 'failed', failure: by.explain(live, error) });
  }
}

async function take(live: UnderWay, by: Conducting, events: ReturnType<Provider['send']>): Promise<void> {
  let count = 0;
  for await (const event of events) {
    // What a provider says after the end lost the race.
    if (live.abort.signal.aborted) return;
    if (event.type === 'sent') {
      if (!markSent(live, by)) return;
      continue;
    }
    const atMs = elapsedMs(live, by.clock);
    if (atMs === null) throw new Error(`A provider told ${event.type} before it sent anything`);
    const done = receive(live, event, atMs);
    if (done) return by.end(live, { type: 'finished', finish: done.finish }, atMs);
    if (live.receivedChars > answerLimitChars) {
      return by.end(live, { type: 'too-long', limitChars: answerLimitChars }, atMs);
    }
    by.journal.touched(live);
    count += 1;
    if (count % eventsPerBreath === 0) await breathe();
  }
}

/**
 * The request leaves when the provider is asked for what comes after this. Until then it is written
 * down as sent, so that after a crash no run that may have been billed looks as if it was not; and
 * where that cannot be written (false), the run ended here and nothing leaves.
 */
function markSent(live: UnderWay, { clock, journal }: Conducting): boolean {
  live.state = advance(live.state, { type: 'sent', sentAt: clock.utcMs() });
  live.hasNewState = true;
  journal.touched(live);
  if (live.abort.signal.aborted) return false;
  live.sentMs = clock.monotonicMs();
  return true;
}

/** Whole milliseconds since the request was sent; `null` before that. */
export function elapsedMs(live: UnderWay, clock: Clock): number | null {
  return live.sentMs === null ? null : Math.round(clock.monotonicMs() - live.sentMs);
}
