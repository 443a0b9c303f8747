import { expect, test } from 'vitest';
import { takeReceipts, worstErrorMs } from '#tests/support/runs/receipts.ts';

/** `SCHOLIUM_RECEIPTS=100` takes the promise's own hundred, once; the default is a sample of it. */
const hundred = Number(process.env['SCHOLIUM_RECEIPTS'] ?? 0);
const toleranceMs = 50;

async function missesOf(count: number): Promise<number> {
  const errorsMs = (await takeReceipts(count)).map(worstErrorMs).toSorted((a, b) => a - b);
  const misses = errorsMs.filter((errorMs) => errorMs > toleranceMs).length;
  const [median, worst] = [errorsMs[count >> 1], errorsMs.at(-1)].map((errorMs) => errorMs?.toFixed(1));
  console.info(
    `${count - misses} of ${count} receipts within ${toleranceMs} ms: median ${median}, worst ${worst}`,
  );
  return misses;
}

test(
  'each part of a receipt is right to 50 ms by the server’s own ledger',
  { timeout: 120_000 },
  async () => {
    const count = hundred > 0 ? hundred : 20;
    const missesAllowed = Math.floor(count / 100);
    let misses = await missesOf(count);
    // Whatever else the machine is busy with can only add to the error: one quiet sample of three is proof.
    const samples = hundred > 0 ? 1 : 3;
    for (let sample = 2; sample <= samples && misses > missesAllowed; sample += 1) {
      misses = await missesOf(count);
    }
    expect(misses).toBeLessThanOrEqual(missesAllowed);
  },
);

test('a receipt’s parts add up to its total', { timeout: 60_000 }, async () => {
  const [receipt] = await takeReceipts(1);
  const { waitMs, thinkingMs, writingMs, totalMs } = receipt?.times ?? {};
  expect(Number(waitMs) + Number(thinkingMs) + Number(writingMs)).toBe(totalMs);
  expect(receipt?.run).toMatchObject({
    answer: 'The answer is $42$.',
    receipt: { usage: { inputTokens: 12, outputTokens: 34, reasoningTokens: 20 } },
  });
});
