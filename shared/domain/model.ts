import type { PriceList } from './money.ts';

export const providerKinds = ['openai', 'compatible', 'solver'] as const;
export type ProviderKind = (typeof providerKinds)[number];

export const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

/** What a problem is run with. */
export interface ModelChoice {
  readonly provider: ProviderKind;
  /** The id sent to the provider; `solver` for the built-in one. */
  readonly model: string;
  /** `null` leaves it to the model's own default, and sends none. */
  readonly effort: Effort | null;
}

/** A model as the chooser shows it: the catalogue merged with what the server lists. */
export interface ModelInfo {
  readonly id: string;
  readonly provider: ProviderKind;
  /** `null`: not known. */
  readonly isReasoning: boolean | null;
  /** In rising order; empty when the model takes no effort or none is known. */
  readonly efforts: readonly Effort[];
  readonly defaultEffort: Effort | null;
  readonly contextWindowTokens: number | null;
  readonly maxOutputTokens: number | null;
  readonly prices: PriceList | null;
  /** ISO date, `null` when none is announced. */
  readonly shutdownDate: string | null;
  /** True from the shutdown date on: such a model is refused for new runs. */
  readonly isRetired: boolean;
  /** The first model after it, along announced replacements, that still takes runs. */
  readonly successor: string | null;
  /** Whether reasoning summaries may be asked for; `null`: not known. */
  readonly hasSummaries: boolean | null;
}

export const solverChoice: ModelChoice = { provider: 'solver', model: 'solver', effort: null };
