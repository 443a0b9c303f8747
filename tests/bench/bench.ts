/** What every `tests/bench/*.bench.ts` exports: `export const bench: Bench = {…}`. */
export interface Bench {
  /** In words: "CPU of streaming an answer, against one final render". */
  readonly name: string;
  /** Measures both sides in turn within this one run, so that a busy machine burdens both alike. */
  run(): Promise<readonly Ratio[]>;
}

export interface Ratio {
  /** What is divided by what, such as "streamed / rendered once". */
  readonly what: string;
  readonly ratio: number;
  /** The ratio is good at or below this. */
  readonly target: number;
  /** How many measurements of each side stand behind it. */
  readonly rounds: number;
  /** Medians of the two sides, for whoever wants to see what was divided: "412 ms / 169 ms". */
  readonly measured: string;
}

/** The middle of an odd number of values, the mean of the middle two otherwise. Throws on none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('The median of nothing');
  return (lower + upper) / 2;
}
