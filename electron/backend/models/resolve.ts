import { refuse } from '#shared/domain/failure.ts';
import type { ModelChoice, ModelInfo } from '#shared/domain/model.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * What is known of the chosen model, `null` when it is not in the catalogue: then the server decides.
 * Models of other servers are never looked up there, whatever they call themselves: neither its
 * prices nor its shutdown dates are theirs. Throws `AppError` `model-not-chosen`, `model-retired` or
 * `effort-unsupported`.
 */
export function resolveChoice(choice: ModelChoice, catalogue: Catalogue, nowMs: UtcMs): ModelInfo | null {
  const model = choice.model.trim();
  if (model === '') throw refuse('model-not-chosen', {});
  if (choice.provider !== 'openai') return null;
  const info = catalogue.find(model, nowMs);
  if (!info) return null;
  if (info.isRetired) {
    const shutdownDate = info.shutdownDate ?? '';
    throw refuse('model-retired', { model, shutdownDate, successor: info.successor });
  }
  if (choice.effort !== null && !info.efforts.includes(choice.effort)) {
    const taken = info.efforts.join(', ');
    throw refuse('effort-unsupported', { model, effort: choice.effort, efforts: taken });
  }
  return info;
}
