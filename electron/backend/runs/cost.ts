import { costNanoUsd } from '#shared/domain/money.ts';
import type { NanoUsd } from '#shared/domain/money.ts';
import type { Run, RunReceipt } from '#shared/domain/run.ts';

/** What the price list is for: tiers that cost more or less are named otherwise by the server. */
const standardTiers: ReadonlySet<string | null> = new Set([null, 'auto', 'default', 'standard']);

/**
 * What a run cost, in nano-dollars; `null` when a count or a price is unknown, or the server used a
 * tier that the price list is not for. What was never sent, or never left this computer, cost nothing.
 */
export function costOf(
  run: Pick<Run, 'choice' | 'prices'>,
  receipt: RunReceipt,
  wasSent: boolean,
): NanoUsd | null {
  if (!wasSent || run.choice.provider === 'solver') return 0;
  if (!standardTiers.has(receipt.serviceTier)) return null;
  return costNanoUsd(receipt.usage, run.prices);
}
