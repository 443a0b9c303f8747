import type { Clock } from '#shared/domain/time.ts';

/** This machine's clocks. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  utcMs: () => Date.now(),
};
