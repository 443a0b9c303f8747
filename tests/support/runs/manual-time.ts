import type { Timers } from '#backend/runs/timers.ts';
import type { Clock } from '#shared/domain/time.ts';

/** A clock that stands still until it is told to go on, and the timers that follow it. */
export interface ManualTime {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Goes on by so much, doing what falls due on the way. */
  pass(ms: number): void;
}

export const manualStartUtcMs = Date.UTC(2026, 10, 22, 12);
const manualStartMonotonicMs = 5_000;

export function manualTime(): ManualTime {
  let passedMs = 0;
  const waiting = new Set<{ dueMs: number; work: () => void }>();
  const nextDue = (untilMs: number) =>
    [...waiting].filter(({ dueMs }) => dueMs <= untilMs).toSorted((a, b) => a.dueMs - b.dueMs)[0];
  return {
    clock: {
      monotonicMs: () => manualStartMonotonicMs + passedMs,
      utcMs: () => manualStartUtcMs + passedMs,
    },
    timers: {
      after(delayMs, work) {
        const timer = { dueMs: passedMs + delayMs, work };
        waiting.add(timer);
        return () => waiting.delete(timer);
      },
    },
    pass(ms) {
      const untilMs = passedMs + ms;
      for (let due = nextDue(untilMs); due; due = nextDue(untilMs)) {
        waiting.delete(due);
        passedMs = due.dueMs;
        due.work();
      }
      passedMs = untilMs;
    },
  };
}
