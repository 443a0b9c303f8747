/** Waiting, passed in so that tests can own time. */
export interface Timers {
  /** Does `work` once, `delayMs` from now. Returns the way to call it off. */
  after(delayMs: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Lets everything else that waits for the event loop have its turn. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
