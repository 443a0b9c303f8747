import type { ModelInfo } from '#shared/domain/model.ts';
import { windowMessages } from '#shared/messages/window.ts';

const say = windowMessages.model;

/** What a list of models says under a model's name: its kind, and its prices with the date they were read. */
export function describeModel(model: ModelInfo): string {
  const parts: string[] = [];
  if (model.isReasoning !== null) parts.push(model.isReasoning ? say.reasoning : say.fast);
  const { prices } = model;
  if (prices && prices.inputUsd !== null && prices.outputUsd !== null) {
    parts.push(
      say.prices(usd(prices.inputUsd), usd(prices.outputUsd)),
      say.priceRead(shownDate(prices.readDate)),
    );
  } else if (model.provider === 'openai') {
    parts.push(say.priceUnknown);
  }
  return parts.join(' · ');
}

/** What the user must know before choosing it; `null` when there is nothing. */
export function warningAbout(model: ModelInfo): string | null {
  if (model.isRetired) {
    const retired = say.retired(model.shutdownDate && shownDate(model.shutdownDate));
    return model.successor ? `${retired}: ${say.successor(model.successor)}` : retired;
  }
  return model.shutdownDate ? say.shutsDown(shownDate(model.shutdownDate)) : null;
}

/** `$1.25`, `$0.075`: as many decimals as the price has, and at least two. */
function usd(amount: number): string {
  const decimals = Math.max(2, String(amount).split('.')[1]?.length ?? 0);
  return `$${amount.toFixed(Math.min(6, decimals))}`;
}

/** `22 Nov 2026` for `2026-11-22`. */
function shownDate(isoDate: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(isoDate));
}
