/** Token counts as the server reported them. `null` is "not reported", never 0. */
export interface Usage {
  readonly inputTokens: number | null;
  /** Part of `inputTokens` read from the provider's cache. */
  readonly cachedInputTokens: number | null;
  /** Part of `inputTokens` written to the provider's cache. */
  readonly cacheWriteTokens: number | null;
  /** Includes `reasoningTokens`. */
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
}

export const usageNotReported: Usage = {
  inputTokens: null,
  cachedInputTokens: null,
  cacheWriteTokens: null,
  outputTokens: null,
  reasoningTokens: null,
};
