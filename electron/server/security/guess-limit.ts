/** How many wrong tokens are looked at before guessing is slowed down. */
const guessesAtOnce = 20;
/** One more guess is looked at each such interval. */
const refillMs = 1_000;

export interface GuessLimit {
  /** False while too many wrong tokens came: the next one is refused unseen. */
  mayGuess(): boolean;
  noteWrongGuess(): void;
}

/**
 * Slows the guessing of tokens down to one a second. The limit is one for all, since every client has
 * the same address; browsers that already came in are not touched by it.
 */
export function createGuessLimit(monotonicMs: () => number): GuessLimit {
  let guessesLeft = guessesAtOnce;
  let refilledAtMs = monotonicMs();
  const refill = (): void => {
    const gained = Math.floor((monotonicMs() - refilledAtMs) / refillMs);
    guessesLeft = Math.min(guessesAtOnce, guessesLeft + gained);
    refilledAtMs += gained * refillMs;
  };
  return {
    mayGuess() {
      refill();
      return guessesLeft > 0;
    },
    noteWrongGuess() {
      refill();
      guessesLeft = Math.max(0, guessesLeft - 1);
    },
  };
}
