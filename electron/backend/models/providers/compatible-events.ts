import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import type { FinishReason } from '#shared/domain/run.ts';
import { failureOfStreamError, serverErrorIn } from './http/failures.ts';
import type { Asked } from './http/failures.ts';
import { usageOfChat } from './http/usage.ts';
import type { ProviderEvent } from './provider.ts';
import { ThinkTags } from './think-tags.ts';

const optionalText = z.string().nullish();
const said = z.object({
  content: optionalText,
  refusal: optionalText,
  /** Ollama, newer vLLM, OpenRouter. */
  reasoning: optionalText,
  /** llama.cpp, DeepSeek, older vLLM. */
  reasoning_content: optionalText,
});
const chunkSchema = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  service_tier: z.string().nullish(),
  choices: z
    .array(
      z.object({
        index: z.int().catch(0).default(0),
        delta: said.nullish(),
        message: said.nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish(),
  usage: z.unknown().optional(),
});
type Chunk = z.infer<typeof chunkSchema>;
type Said = z.infer<typeof said>;

/** Turns Chat Completions in the dialects of the field's servers into the provider's own events. */
export class ChatEvents {
  readonly #asked: Asked;
  readonly #requestId: string | null;
  readonly #tags = new ThinkTags();
  #isAccepted = false;
  #hasReasoningField = false;
  #hasRefusal = false;
  #finishReason: string | null = null;
  #hasUsage = false;
  #model: string | null = null;
  #serviceTier: string | null = null;

  constructor(asked: Asked, requestId: string | null) {
    this.#asked = asked;
    this.#requestId = requestId;
  }

  /** Whether the server said why it stopped: from then on the answer is complete. */
  get isFinished(): boolean {
    return this.#finishReason !== null;
  }

  /** Whether nothing more can be expected: finished, and counted. */
  get isComplete(): boolean {
    return this.isFinished && this.#hasUsage;
  }

  /** What one chunk (or a whole completion) tells. Throws `AppError` for one that is an error or no chunk. */
  *read(message: unknown): Generator<ProviderEvent, void> {
    const error = hasError(message) ? serverErrorIn(message) : null;
    if (error) throw failureOfStreamError(this.#asked, error);
    const result = chunkSchema.safeParse(message);
    if (!result.success) throw refuse('response-garbled', { detail: 'wrong-types' }, { cause: result.error });
    const chunk = result.data;
    yield* this.#accepted(chunk);
    const choice = chunk.choices?.find(({ index }) => index === 0);
    const words = choice?.delta ?? choice?.message;
    if (words) yield* this.#said(words);
    this.#finishReason ??= choice?.finish_reason ?? null;
    const usage = usageOfChat(chunk.usage);
    if (!usage) return;
    this.#hasUsage = true;
    yield { type: 'usage', usage };
  }

  /** The last events, once the stream is over; none but held-back text when it was cut short. */
  *end(): Generator<ProviderEvent, void> {
    yield* this.#tags.end();
    if (this.#finishReason === null) return;
    yield {
      type: 'done',
      finish: this.#hasRefusal ? 'refusal' : finishOf(this.#finishReason),
      model: this.#model,
      serviceTier: this.#serviceTier,
    };
  }

  *#accepted(chunk: Chunk): Generator<ProviderEvent, void> {
    this.#model = chunk.model ?? this.#model;
    this.#serviceTier = chunk.service_tier ?? this.#serviceTier;
    if (this.#isAccepted || (!chunk.id && !chunk.choices)) return;
    this.#isAccepted = true;
    yield {
      type: 'accepted',
      responseId: chunk.id ?? null,
      requestId: this.#requestId,
      model: this.#model,
    };
  }

  *#said(words: Said): Generator<ProviderEvent, void> {
    const thought = words.reasoning ?? words.reasoning_content ?? '';
    if (thought !== '') {
      this.#hasReasoningField = true;
      yield { type: 'thinking', text: thought };
    }
    if (words.refusal) {
      this.#hasRefusal = true;
      yield { type: 'text', text: words.refusal };
    }
    if (words.content) yield* this.#content(words.content);
  }

  *#content(content: string): Generator<ProviderEvent, void> {
    for (const event of this.#tags.read(content)) {
      // llama.cpp's `deepseek-legacy` says its thoughts twice.
      const isTwice = event.type === 'thinking' && this.#hasReasoningField;
      if (!isTwice) yield event;
    }
  }
}

function hasError(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'error' in message && Boolean(message.error);
}

function finishOf(reason: string): FinishReason {
  switch (reason) {
    case 'stop':
      return 'stop';
    case 'length':
      return 'length';
    case 'content_filter':
      return 'content-filter';
    default:
      return 'other';
  }
}
