import type { ModelInfo } from '#shared/domain/model.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { Catalogue } from './catalogue.ts';

/** What OpenAI lists beside models that answer questions; by their names, since the list says no more. */
const notForQuestions =
  /embedding|moderation|whisper|tts|transcribe|audio|realtime|dall-e|image|sora|davinci|babbage|translate|instruct|codex|search|deep-research|computer-use|guard/u;

/**
 * The catalogue with what OpenAI's own list adds: models it does not know, and the shutdown dates
 * the server tells. Nothing is dropped: a model may be missing from the list of one key only.
 */
export function mergeWithCatalogue(
  catalogue: Catalogue,
  listed: readonly ModelInfo[],
  nowMs: UtcMs,
): readonly ModelInfo[] {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const told = new Map(listed.map((model) => [model.id, model]));
  const known = catalogue.all(nowMs).map((model) => withShutdown(model, told.get(model.id), today));
  const names = new Set(known.map(({ id }) => id));
  const added = listed
    .filter(({ id }) => !names.has(id) && !notForQuestions.test(id))
    .map((model) => withShutdown(catalogue.find(model.id, nowMs) ?? model, model, today));
  return [...known, ...added];
}

function withShutdown(model: ModelInfo, told: ModelInfo | undefined, today: string): ModelInfo {
  const shutdownDate = told?.shutdownDate ?? model.shutdownDate;
  return {
    ...model,
    shutdownDate,
    isRetired: model.isRetired || (shutdownDate !== null && today >= shutdownDate),
  };
}
