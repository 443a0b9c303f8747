import { createMarkupRenderer } from '#shared/markup/index.ts';
import { answerText, deltasOf } from './answer-text.ts';
import type { Bench } from './bench.ts';
import { median } from './bench.ts';

const rounds = 7;

/** User and system time of this process, garbage collection included. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export const bench: Bench = {
  name: 'CPU of streaming a 1,500-delta answer, against one final render',
  run() {
    const text = answerText();
    const deltas = deltasOf(text, 1_500);
    const streamed: number[] = [];
    const atOnce: number[] = [];
    // The first round warms the compiler; every measurement starts with empty caches of its own.
    for (let round = 0; round <= rounds; round++) {
      const streaming = createMarkupRenderer();
      const streamMs = cpuMs(() => {
        const stream = streaming.createStream({ macros: {} });
        for (const delta of deltas) stream.append(delta);
      });
      const whole = createMarkupRenderer();
      const wholeMs = cpuMs(() => void whole.renderDocument(text, { macros: {} }));
      if (round === 0) continue;
      streamed.push(streamMs);
      atOnce.push(wholeMs);
    }
    const ratio = median(streamed.map((ms, at) => ms / (atOnce[at] ?? Number.NaN)));
    const measured = `${median(streamed).toFixed(0)} ms / ${median(atOnce).toFixed(0)} ms, ${deltas.length} deltas, ${text.length} characters`;
    return Promise.resolve([{ what: 'streamed / rendered once (CPU)', ratio, target: 3, rounds, measured }]);
  },
};
