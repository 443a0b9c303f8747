import type { Run } from '../domain/run.ts';
import { hasEnded } from '../domain/run.ts';
import type { RunTimes } from '../domain/time.ts';
import { scholiumWords as words } from '../messages/scholium.ts';
import { formatMoment } from './format.ts';

export interface BarTick {
  /** Where on the bar, 0 to 1. */
  readonly share: number;
  readonly atMs: number;
  /** `4:10 checking the boundary term` */
  readonly text: string;
}

/** A run's time as a bar. The four shares add up to 1, or are all 0 when no total is known. */
export interface ScholiumBar {
  /** The bar's own length as a share of its cell's time scale, 0 to 1. */
  readonly lengthShare: number;
  /** Drawn hollow. */
  readonly waitShare: number;
  /** Drawn hatched. */
  readonly thinkingShare: number;
  /** Drawn solid. */
  readonly writingShare: number;
  /** Time of which nobody saw what it was: drawn as a dotted line. */
  readonly unobservedShare: number;
  readonly ticks: readonly BarTick[];
}

/**
 * The parts of a run's time so far, in milliseconds, `null` where nobody observed them.
 * A running run needs `elapsedMs`, the backend's clock since the request was sent.
 */
export function timesOf(run: Run, elapsedMs: number): RunTimes {
  if (hasEnded(run)) return run.times;
  if (run.state === 'queued') return { waitMs: null, thinkingMs: null, writingMs: null, totalMs: null };
  const { firstSignMs, firstTextMs } = run.marks;
  const total = Math.max(elapsedMs, firstSignMs ?? 0, firstTextMs ?? 0);
  const wait = firstSignMs ?? firstTextMs ?? total;
  const thought = firstTextMs ?? (firstSignMs === null ? wait : total);
  return { waitMs: wait, thinkingMs: thought - wait, writingMs: total - thought, totalMs: total };
}

/** The longest run of a cell: the time scale its bars share. `null` when no total is known. */
export function longestTotalMs(runs: readonly Run[], elapsedMs = 0): number | null {
  let longest: number | null = null;
  for (const run of runs) {
    const { totalMs } = timesOf(run, elapsedMs);
    if (totalMs !== null && totalMs > (longest ?? -1)) longest = totalMs;
  }
  return longest;
}

const growthStepsMs = [10_000, 30_000, 60_000, 180_000, 600_000, 1_800_000, 3_600_000];

/** A scale with room to grow in, for a running bar that has no longer neighbour to be held against. */
export function growingScaleMs(elapsedMs: number): number {
  for (const step of growthStepsMs) if (elapsedMs < step) return step;
  return Math.ceil((elapsedMs + 1) / 3_600_000) * 3_600_000;
}

export function barOf(run: Run, times: RunTimes, scaleMs: number): ScholiumBar {
  const total = times.totalMs;
  if (total === null || total <= 0) return emptyBar;
  const share = (partMs: number | null): number => Math.min(1, Math.max(0, (partMs ?? 0) / total));
  const waitShare = share(times.waitMs);
  const thinkingShare = Math.min(share(times.thinkingMs), 1 - waitShare);
  const writingShare = Math.min(share(times.writingMs), 1 - waitShare - thinkingShare);
  return {
    lengthShare: Math.min(1, total / Math.max(scaleMs, total)),
    waitShare,
    thinkingShare,
    writingShare,
    unobservedShare: roundedRest(waitShare + thinkingShare + writingShare),
    ticks: run.headings.map((heading) => ({
      share: Math.min(1, Math.max(0, heading.atMs / total)),
      atMs: heading.atMs,
      text: words.tick(formatMoment(heading.atMs), heading.text),
    })),
  };
}

const emptyBar: ScholiumBar = {
  lengthShare: 0,
  waitShare: 0,
  thinkingShare: 0,
  writingShare: 0,
  unobservedShare: 0,
  ticks: [],
};

/** What is left of 1; a rest below a thousandth is rounding, not unobserved time. */
function roundedRest(sum: number): number {
  const rest = 1 - sum;
  return rest < 0.001 ? 0 : rest;
}
