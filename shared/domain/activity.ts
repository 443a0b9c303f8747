import type { NanoUsd } from './money.ts';

/** What the library as a whole is doing, and what it has used since a moment. */
export interface Activity {
  readonly queued: number;
  readonly running: number;
  /** Of the runs sent since then that have ended: sums of what was reported. */
  readonly used: {
    readonly runs: number;
    /** Input and output together. */
    readonly tokens: number;
    /** Runs that ended without a count. */
    readonly runsWithoutTokens: number;
    readonly costNanoUsd: NanoUsd;
    /** Runs that ended with an unknown cost. */
    readonly runsWithoutCost: number;
  };
}
