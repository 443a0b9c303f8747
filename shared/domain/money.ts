import type { Usage } from './usage.ts';

/** 1 USD = 1,000,000,000 nano-dollars; a price of $1 per million tokens is 1,000 of them a token. */
export type NanoUsd = number;

/** US dollars per million tokens, as published on `readDate`. `null` is "unknown". */
export interface PriceList {
  readonly inputUsd: number | null;
  readonly cachedInputUsd: number | null;
  readonly cacheWriteUsd: number | null;
  readonly outputUsd: number | null;
  /** Above this many input tokens the whole request is dearer by the multipliers. */
  readonly longContext: {
    readonly thresholdInputTokens: number;
    readonly inputMultiplier: number;
    readonly cachedInputMultiplier: number;
    readonly outputMultiplier: number;
  } | null;
  /** ISO date on which the price was read. */
  readonly readDate: string;
}

const nanoUsdPerTokenPerUsd = 1000;

/**
 * What a run cost, in integer nano-dollars, or `null` when a count or a price it needs is unknown.
 *
 * cost = (input − cached − cache write) · input price + cached · cached price
 *      + cache write · cache write price + output · output price;
 * reasoning tokens are inside the output. A cached or cache-write count that was not reported
 * counts as none, since servers leave out what did not happen; a price that is missing for a
 * count above zero makes the cost unknown.
 */
export function costNanoUsd(usage: Usage, prices: PriceList | null): NanoUsd | null {
  if (!prices || usage.inputTokens === null || usage.outputTokens === null) return null;
  const cached = usage.cachedInputTokens ?? 0;
  const written = usage.cacheWriteTokens ?? 0;
  const plain = usage.inputTokens - cached - written;
  if (plain < 0) return null;

  const long = prices.longContext;
  const isLong = long !== null && usage.inputTokens > long.thresholdInputTokens;
  const parts = [
    amount(plain, prices.inputUsd, isLong ? long.inputMultiplier : 1),
    amount(cached, prices.cachedInputUsd, isLong ? long.cachedInputMultiplier : 1),
    amount(written, prices.cacheWriteUsd, isLong ? long.inputMultiplier : 1),
    amount(usage.outputTokens, prices.outputUsd, isLong ? long.outputMultiplier : 1),
  ];
  let total = 0;
  for (const part of parts) {
    if (part === null) return null;
    total += part;
  }
  return Math.round(total);
}

function amount(tokens: number, priceUsd: number | null, multiplier: number): number | null {
  if (tokens === 0) return 0;
  return priceUsd === null ? null : tokens * priceUsd * multiplier * nanoUsdPerTokenPerUsd;
}
