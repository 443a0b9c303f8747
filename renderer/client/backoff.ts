const firstDelayMs = 250;
const longestDelayMs = 8_000;

/**
 * How long to wait before attempt number `attempt` (from 0) to connect again, in milliseconds:
 * doubling from 250 ms up to 8 s, of which a random half is spread so that windows do not knock together.
 */
export function backoffMs(attempt: number, random: number): number {
  const full = Math.min(longestDelayMs, firstDelayMs * 2 ** attempt);
  return Math.round(full / 2 + (full / 2) * random);
}
