/** Milliseconds since 1970-01-01T00:00:00Z. */
export type UtcMs = number;

/**
 * The three parts of a run's time, in milliseconds, and their total.
 *
 * wait: request sent to first sign of work; thinking: to first visible text; writing: to the end.
 * `null` means nobody observed that boundary; it is never guessed.
 */
export interface RunTimes {
  readonly waitMs: number | null;
  readonly thinkingMs: number | null;
  readonly writingMs: number | null;
  readonly totalMs: number | null;
}

/** A summary heading seen while a run was thinking. */
export interface ThinkingHeading {
  /** Since the request was sent. */
  readonly atMs: number;
  readonly text: string;
}

/** What the run's clock reads; passed in so that tests can own time. */
export interface Clock {
  /** Monotonic milliseconds: only differences mean anything. */
  monotonicMs(): number;
  utcMs(): UtcMs;
}
