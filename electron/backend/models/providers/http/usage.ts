import { z } from 'zod';
import type { Usage } from '#shared/domain/usage.ts';

/** A count that is no whole number from 0 on is none: it was not reported. */
const count = z.int().min(0).nullable().catch(null).default(null);

const responsesUsage = z.object({
  input_tokens: count,
  input_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).catch(noDetails()),
  output_tokens: count,
  output_tokens_details: z.object({ reasoning_tokens: count }).catch({ reasoning_tokens: null }),
});

const chatUsage = z.object({
  prompt_tokens: count,
  prompt_tokens_details: z.object({ cached_tokens: count, cache_write_tokens: count }).catch(noDetails()),
  /** DeepSeek's name for the cached ones. */
  prompt_cache_hit_tokens: count,
  completion_tokens: count,
  completion_tokens_details: z.object({ reasoning_tokens: count }).catch({ reasoning_tokens: null }),
});

function noDetails(): { cached_tokens: null; cache_write_tokens: null } {
  return { cached_tokens: null, cache_write_tokens: null };
}

/** The usage object of the Responses API; `null` when there is none. */
export function usageOfResponse(json: unknown): Usage | null {
  const result = responsesUsage.safeParse(json);
  if (!result.success) return null;
  const usage = result.data;
  return {
    inputTokens: usage.input_tokens,
    cachedInputTokens: usage.input_tokens_details.cached_tokens,
    cacheWriteTokens: usage.input_tokens_details.cache_write_tokens,
    outputTokens: usage.output_tokens,
    reasoningTokens: usage.output_tokens_details.reasoning_tokens,
  };
}

/** The usage object of Chat Completions in any dialect; `null` when there is none. */
export function usageOfChat(json: unknown): Usage | null {
  const result = chatUsage.safeParse(json);
  if (!result.success) return null;
  const usage = result.data;
  return {
    inputTokens: usage.prompt_tokens,
    cachedInputTokens: usage.prompt_tokens_details.cached_tokens ?? usage.prompt_cache_hit_tokens,
    cacheWriteTokens: usage.prompt_tokens_details.cache_write_tokens,
    outputTokens: usage.completion_tokens,
    reasoningTokens: usage.completion_tokens_details.reasoning_tokens,
  };
}
