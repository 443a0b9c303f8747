/** Time as the window's parts need it; tests bring their own. */
export interface Scheduler {
  /** Runs `work` once after `delayMs`. Returns the way to call it off. */
  after(delayMs: number, work: () => void): () => void;
  /** Monotonic milliseconds. */
  nowMs(): number;
  utcMs(): number;
}

export const realScheduler: Scheduler = {
  after: (delayMs, work) => {
    const timer = setTimeout(work, delayMs);
    return () => clearTimeout(timer);
  },
  nowMs: () => performance.now(),
  utcMs: () => Date.now(),
};

/** Resolves after `delayMs`, or at once when `signal` is aborted. */
export function pause(delayMs: number, scheduler: Scheduler, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = (): void => {
      callOff();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const callOff = scheduler.after(delayMs, finish);
    signal.addEventListener('abort', finish);
  });
}
