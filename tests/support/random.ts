/** Random numbers that a seed repeats. */
export interface Random {
  /** An integer from 0 to 2³² − 1. */
  next(): number;
  /** An integer from 0 to `limit` − 1. */
  below(limit: number): number;
}

/** Mulberry32 by Tommy Ettinger (public domain): enough to choose moments and texts by. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  return { next, below: (limit) => next() % limit };
}
