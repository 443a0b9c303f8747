import type { Scheduler } from '#renderer/client/scheduler.ts';

export interface FakeScheduler extends Scheduler {
  /** Moves the clock on, running what falls due in order, and lets promises settle after each. */
  pass(durationMs: number): Promise<void>;
}

/** Time that only passes when a test says so. */
export function fakeScheduler(startUtcMs = Date.UTC(2026, 10, 23, 14, 0)): FakeScheduler {
  let nowMs = 0;
  let lastId = 0;
  const due = new Map<number, { readonly atMs: number; readonly work: () => void }>();
  const next = (untilMs: number): [number, { atMs: number; work: () => void }] | undefined =>
    [...due].filter(([, task]) => task.atMs <= untilMs).toSorted(([, a], [, b]) => a.atMs - b.atMs)[0];
  return {
    after: (delayMs, work) => {
      lastId += 1;
      const id = lastId;
      due.set(id, { atMs: nowMs + delayMs, work });
      return () => due.delete(id);
    },
    nowMs: () => nowMs,
    utcMs: () => startUtcMs + nowMs,
    pass: async (durationMs) => {
      const untilMs = nowMs + durationMs;
      await settle();
      for (let task = next(untilMs); task; task = next(untilMs)) {
        const [id, { atMs, work }] = task;
        due.delete(id);
        nowMs = Math.max(nowMs, atMs);
        work();
        await settle();
      }
      nowMs = untilMs;
    },
  };
}

/** Lets every promise that can settle now do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
