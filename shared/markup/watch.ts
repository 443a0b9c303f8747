// Node, windows and workers share these; the compiler knows them only with one of their libraries.
declare function setTimeout(callback: () => void, delayMs: number): unknown;
declare function clearTimeout(timer: unknown): void;

export type Step = 'started' | 'parsed' | 'block' | 'formula';

/** Watches that a job moves on. */
export interface Watch {
  /** A job of this length was posted; the worker may have to start first. */
  beginJob(lengthChars: number): void;
  moveOn(step: Step): void;
  stop(): void;
}

/** A worker that has to be loaded on a busy machine. */
const startDeadlineMs = 30_000;
/** Finding the blocks of a megabyte takes a second or more; no block is being rendered meanwhile. */
const parseMsPerKilochar = 5;

/** Calls `onDeadline` once when a step takes longer than it may. */
export function createWatch(stepDeadlineMs: number, onDeadline: () => void): Watch {
  let timer: unknown = null;
  let parseDeadlineMs = 0;
  let epoch = 0;

  function arm(deadlineMs: number): void {
    clearTimeout(timer);
    epoch += 1;
    const armed = epoch;
    timer = setTimeout(() => {
      // Word of progress may be waiting behind this timer when this thread itself was held up.
      timer = setTimeout(() => {
        if (armed === epoch) onDeadline();
      }, 0);
    }, deadlineMs);
  }

  return {
    beginJob(lengthChars) {
      parseDeadlineMs = stepDeadlineMs + (lengthChars / 1000) * parseMsPerKilochar;
      arm(startDeadlineMs);
    },
    moveOn(step) {
      arm(step === 'started' ? parseDeadlineMs : stepDeadlineMs);
    },
    stop() {
      epoch += 1;
      clearTimeout(timer);
    },
  };
}
