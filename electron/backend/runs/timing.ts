import type { RunMarks } from '#shared/domain/run.ts';
import type { RunTimes } from '#shared/domain/time.ts';

/** Of a run that was never sent: no time passed that anyone could have observed. */
export const notSentTimes: RunTimes = { waitMs: null, thinkingMs: null, writingMs: null, totalMs: null };

export interface Ending {
  /** Milliseconds since the request was sent; `null` when nobody saw the end. */
  readonly atMs: number | null;
  /** True when the server itself said that it was finished. */
  readonly isFinished: boolean;
  /** As far as the server reported them; `null`: it did not. */
  readonly reasoningTokens: number | null;
}

/**
 * The parts of a run's time. A part is known only when both of its ends were observed:
 *
 * | how it ended                                | wait | thinking    | writing    | total |
 * |---------------------------------------------|------|-------------|------------|-------|
 * | completed, with text                        | sign | text − sign | end − text | end   |
 * | completed, with a sign but no text          | sign | end − sign  | 0          | end   |
 * | completed without any sign                  | null | null        | null       | end   |
 * | ended before any sign (stop, failure, cut)  | null | null        | null       | end   |
 * | ended between sign and text                 | sign | null        | null       | end   |
 * | ended while writing                         | sign | text − sign | end − text | end   |
 * | the app ended unseen (crash), while writing | sign | text − sign | null       | null  |
 * | never sent                                  | null | null        | null       | null  |
 *
 * sign, text, end: milliseconds from sending to the first sign of work, the first visible text and
 * the end. Where tokens were spent on reasoning and no sign of reasoning was seen, the server hid its
 * thinking: its first sign is the writing's, so wait and thinking are `null` in every row above.
 * A model that finished without writing was thinking until its end, and took no time to write.
 */
export function timesOf(marks: RunMarks, ending: Ending): RunTimes {
  const hidThinking = marks.firstThinkingMs === null && (ending.reasoningTokens ?? 0) > 0;
  const signMs = hidThinking ? null : marks.firstSignMs;
  const neverWrote = marks.firstTextMs === null && ending.isFinished && signMs !== null;
  const textMs = neverWrote ? ending.atMs : marks.firstTextMs;
  return {
    waitMs: signMs,
    thinkingMs: between(signMs, textMs),
    writingMs: between(textMs, ending.atMs),
    totalMs: ending.atMs,
  };
}

function between(startMs: number | null, endMs: number | null): number | null {
  return startMs === null || endMs === null ? null : endMs - startMs;
}
