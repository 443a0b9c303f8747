import type { ProblemCell } from '#shared/domain/cell.ts';
import type { ModelChoice, ModelInfo } from '#shared/domain/model.ts';
import type { Notebook } from '#shared/domain/notebook.ts';

/** The cell's own choice, else the notebook's, else the library's. */
export function effectiveChoice(
  cell: ProblemCell,
  notebook: Notebook,
  libraryChoice: ModelChoice,
): ModelChoice {
  return cell.choice ?? notebook.defaultChoice ?? libraryChoice;
}

/** What stands between a choice and a run that can be seen beforehand. */
export type ChoiceTrouble =
  | { readonly kind: 'no-model' }
  | { readonly kind: 'no-key' }
  | { readonly kind: 'no-address' }
  | { readonly kind: 'retired'; readonly successor: string | null };

export interface ChoiceFacts {
  /** The catalogue's entry for the choice; `null` when it knows none. */
  readonly model: ModelInfo | null;
  /** Whether the provider's key is at hand; `null`: not known yet. */
  readonly hasKey: boolean | null;
  /** Whether an OpenAI-compatible server's address is set; `null`: not known yet. */
  readonly hasAddress: boolean | null;
}

export function choiceTrouble(choice: ModelChoice, facts: ChoiceFacts): ChoiceTrouble | null {
  if (choice.provider === 'solver') return null;
  if (choice.model === '') return { kind: 'no-model' };
  if (facts.model?.isRetired) return { kind: 'retired', successor: facts.model.successor };
  // A server of one's own often wants no key; OpenAI always does.
  if (choice.provider === 'openai' && facts.hasKey === false) return { kind: 'no-key' };
  if (choice.provider === 'compatible' && facts.hasAddress === false) return { kind: 'no-address' };
  return null;
}
