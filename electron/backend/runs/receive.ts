import { assertNever } from '#shared/domain/failure.ts';
import type { Usage } from '#shared/domain/usage.ts';
import type { ProviderEvent } from '../models/providers/provider.ts';
import { advance } from './state.ts';
import type { RunStep } from './state.ts';
import { addHeading, addText } from './under-way.ts';
import type { UnderWay } from './under-way.ts';

/** What a provider's terminal event says. */
export type Done = Extract<ProviderEvent, { type: 'done' }>;
/** What comes once the request has left. */
export type Told = Exclude<ProviderEvent, { type: 'sent' }>;

/**
 * Takes one event of a provider into a run that is running. `atMs`: when it was received, in whole
 * milliseconds since sending. Returns the terminal event, with which the run is to be ended.
 */
export function receive(live: UnderWay, event: Told, atMs: number): Done | null {
  switch (event.type) {
    case 'resent':
      live.request = event.request;
      live.hasNewReceipt = true;
      return null;
    case 'accepted':
      tell(live, {
        responseId: event.responseId ?? live.receipt.responseId,
        requestId: event.requestId ?? live.receipt.requestId,
        modelReturned: event.model ?? live.receipt.modelReturned,
      });
      return null;
    case 'thinking':
      step(live, { type: 'thinking-seen', atMs });
      if (event.text !== '') addText(live, 'thinking', event.text, atMs);
      return null;
    case 'heading':
      step(live, { type: 'thinking-seen', atMs });
      addHeading(live, event.text, atMs);
      return null;
    case 'text':
      step(live, { type: 'writing-seen', atMs, isVisible: /\S/u.test(event.text) });
      if (event.text !== '') addText(live, 'text', event.text, atMs);
      return null;
    case 'usage':
      tell(live, { usage: newestUsage(live.receipt.usage, event.usage) });
      return null;
    case 'checked':
      tell(live, { checkedBy: event.by });
      return null;
    case 'done':
      tell(live, {
        modelReturned: event.model ?? live.receipt.modelReturned,
        serviceTier: event.serviceTier ?? live.receipt.serviceTier,
      });
      return event;
    default:
      return assertNever(event);
  }
}

function step(live: UnderWay, what: RunStep): void {
  const next = advance(live.state, what);
  if (next === live.state) return;
  live.state = next;
  live.hasNewState = true;
}

function tell(live: UnderWay, news: Partial<UnderWay['receipt']>): void {
  live.receipt = { ...live.receipt, ...news };
  live.hasNewReceipt = true;
}

/** Counts are running totals: a later one replaces an earlier, and silence takes nothing back. */
function newestUsage(before: Usage, now: Usage): Usage {
  return {
    inputTokens: now.inputTokens ?? before.inputTokens,
    cachedInputTokens: now.cachedInputTokens ?? before.cachedInputTokens,
    cacheWriteTokens: now.cacheWriteTokens ?? before.cacheWriteTokens,
    outputTokens: now.outputTokens ?? before.outputTokens,
    reasoningTokens: now.reasoningTokens ?? before.reasoningTokens,
  };
}
