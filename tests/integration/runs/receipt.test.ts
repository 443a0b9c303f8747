import { expect, test } from 'vitest';
import { takeReceipts, worstErrorMs } from '#tests/support/runs/receipts.ts';

/** `SCHOLIUM_RECEIPTS=100` takes the promise's own hundred. */
const count = Number(process.env['SCHOLIUM_RECEIPTS'] ?? 20);
const toleranceMs = 50;
/** 99 of 100; a sample of twenty on a busy machine may miss one. */
const missesAllowed = Math.max(1, Math.floor(count / 100));

test('each part of a receipt is right to 50 ms by the server’s own ledger', { timeout: 120_000 }, async () => {
  const receipts = await takeReceipts(count, 3);
  const errorsMs = receipts.map(worstErrorMs).toSorted((a, b) => a - b);
  const within = errorsMs.filter((errorMs) => errorMs <= toleranceMs).length;
  const worst = errorsMs.slice(-3).map((errorMs) => errorMs.toFixed(1));
  console.info(`receipts: ${within} of ${count} within ${toleranceMs} ms; the worst three: ${worst.join(', ')} ms`);
  expect(count - within).toBeLessThanOrEqual(missesAllowed);
});

test('a receipt’s parts add up to its total', { timeout: 60_000 }, async () => {
  const [receipt] = await takeReceipts(1, 1);
  const { waitMs, thinkingMs, writingMs, totalMs } = receipt?.times ?? {};
  expect(Number(waitMs) + Number(thinkingMs) + Number(writingMs)).toBe(totalMs);
  expect(receipt?.run).toMatchObject({
    answer: 'The answer is $42$.',
    receipt: { usage: { inputTokens: 12, outputTokens: 34, reasoningTokens: 20 } },
  });
});
