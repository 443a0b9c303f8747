import { solverChoice } from '#shared/domain/model.ts';
import type { Effort, ModelChoice, ProviderKind } from '#shared/domain/model.ts';

/** What the command line says about where problems go; each is absent when it was left out. */
export interface ChoiceFlags {
  readonly provider?: ProviderKind;
  readonly model?: string;
  readonly effort?: Effort;
  readonly baseUrl?: string;
}

/**
 * What a problem is run with: the flags, and for what they leave open the choice it `inherited` from
 * its cell, notebook or library, as far as that is about the same provider and model.
 */
export function choiceFor(
  flags: ChoiceFlags,
  inherited: ModelChoice,
  isOpenAiModel: (model: string) => boolean,
): ModelChoice {
  const provider = flags.provider ?? impliedProvider(flags, inherited, isOpenAiModel);
  if (provider === 'solver') return { ...solverChoice, effort: flags.effort ?? null };
  const isInherited = provider === inherited.provider;
  const model = flags.model ?? (isInherited ? inherited.model : '');
  const inheritedEffort = isInherited && model === inherited.model ? inherited.effort : null;
  return { provider, model, effort: flags.effort ?? inheritedEffort };
}

function impliedProvider(
  flags: ChoiceFlags,
  inherited: ModelChoice,
  isOpenAiModel: (model: string) => boolean,
): ProviderKind {
  const { model, baseUrl } = flags;
  if (model === undefined && baseUrl === undefined) return inherited.provider;
  if (model === solverChoice.model && baseUrl === undefined) return 'solver';
  // An address alone is most often a server of one's own.
  if (baseUrl !== undefined) return inherited.provider === 'solver' ? 'compatible' : inherited.provider;
  if (model !== undefined && isOpenAiModel(model)) return 'openai';
  return inherited.provider === 'solver' ? 'openai' : inherited.provider;
}
