import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '#backend/models/catalogue.ts';
import { costNanoUsd } from '#shared/domain/money.ts';
import type { PriceList } from '#shared/domain/money.ts';
import { usageNotReported } from '#shared/domain/usage.ts';
import type { Usage } from '#shared/domain/usage.ts';

const prices: PriceList = {
  inputUsd: 2,
  cachedInputUsd: 0.1,
  cacheWriteUsd: 2.5,
  outputUsd: 10,
  longContext: {
    thresholdInputTokens: 272_000,
    inputMultiplier: 2,
    cachedInputMultiplier: 2,
    outputMultiplier: 1.5,
  },
  readDate: '2026-11-22',
};
const usage = (counts: Partial<Usage>): Usage => ({ ...usageNotReported, ...counts });

describe('what a run cost', () => {
  it('is the plain input, the cached, the written and the output, each at its price', () => {
    const counts = { inputTokens: 1_000, cachedInputTokens: 300, cacheWriteTokens: 100, outputTokens: 500 };
    // 600 · $2 + 300 · $0.10 + 100 · $2.50 + 500 · $10, a million tokens each
    expect(costNanoUsd(usage(counts), prices)).toBe(1_200_000 + 30_000 + 250_000 + 5_000_000);
  });

  it('holds reasoning tokens inside the output, and never counts them twice', () => {
    const counts = { inputTokens: 0, outputTokens: 500 };
    expect(costNanoUsd(usage({ ...counts, reasoningTokens: 400 }), prices)).toBe(
      costNanoUsd(usage(counts), prices),
    );
  });

  it('rises for the whole request above the long-context threshold, and not at it', () => {
    const at = usage({ inputTokens: 272_000, cachedInputTokens: 72_000, outputTokens: 1_000 });
    const above = { ...at, inputTokens: 272_001 };
    expect(costNanoUsd(at, prices)).toBe(400_000_000 + 7_200_000 + 10_000_000);
    expect(costNanoUsd(above, prices)).toBe(2 * 400_002_000 + 2 * 7_200_000 + 1.5 * 10_000_000);
  });

  it('is unknown, never 0, without a count or a price it needs', () => {
    expect(costNanoUsd(usageNotReported, prices)).toBeNull();
    expect(costNanoUsd(usage({ inputTokens: 5 }), prices)).toBeNull();
    expect(costNanoUsd(usage({ inputTokens: 5, outputTokens: 5 }), null)).toBeNull();
    const noCached = { ...prices, cachedInputUsd: null };
    expect(
      costNanoUsd(usage({ inputTokens: 5, cachedInputTokens: 1, outputTokens: 5 }), noCached),
    ).toBeNull();
    expect(costNanoUsd(usage({ inputTokens: 5, cachedInputTokens: 0, outputTokens: 5 }), noCached)).toBe(
      60_000,
    );
  });

  it('is unknown when more was cached than was sent', () => {
    expect(costNanoUsd(usage({ inputTokens: 5, cachedInputTokens: 6, outputTokens: 0 }), prices)).toBeNull();
  });

  it('is a whole number of nano-dollars for every model and count', () => {
    const models = loadCatalogue().all(Date.UTC(2026, 10, 23));
    const count = fc.nat({ max: 2_000_000 });
    fc.assert(
      fc.property(fc.constantFrom(...models), count, count, count, (model, input, cached, output) => {
        const counts = usage({
          inputTokens: input + cached,
          cachedInputTokens: cached,
          outputTokens: output,
        });
        const cost = costNanoUsd(counts, model.prices);
        expect(cost === null || (Number.isSafeInteger(cost) && cost >= 0)).toBe(true);
      }),
      { numRuns: 300, seed: 20261123 },
    );
  });
});
