import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import type { FinishReason } from '#shared/domain/run.ts';
import { failureOfStreamError, serverErrorIn } from './http/failures.ts';
import type { Asked } from './http/failures.ts';
import { usageOfResponse } from './http/usage.ts';
import type { ProviderEvent } from './provider.ts';
import { SummaryHeadings } from './summary-headings.ts';

const anyEvent = z.looseObject({ type: z.string() });
const delta = z.object({ delta: z.string() });
const itemAdded = z.object({ item: z.object({ type: z.string() }) });
const summaryPlace = z.object({ summary_index: z.int().min(0).catch(0) });

const outputText = z.object({ type: z.literal('output_text'), text: z.string() });
const outputRefusal = z.object({ type: z.literal('refusal'), refusal: z.string() });
const outputMessage = z.object({
  type: z.literal('message'),
  content: z.array(z.union([outputText, outputRefusal, z.unknown().transform(() => null)])),
});

const response = z.object({
  id: z.string().nullish(),
  model: z.string().nullish(),
  service_tier: z.string().nullish(),
  error: z.unknown().optional(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  usage: z.unknown().optional(),
  output: z.array(z.union([outputMessage, z.unknown().transform(() => null)])).nullish(),
});
const withResponse = z.object({ response });
type ServerResponse = z.infer<typeof response>;

/**
 * Turns the Responses API's events (https://platform.openai.com/docs/api-reference/responses-streaming)
 * into the provider's own. Types it does not know are left out; known ones with other fields than
 * published throw `AppError` `response-garbled`.
 */
export class ResponseEvents {
  readonly #asked: Asked;
  readonly #requestId: string | null;
  readonly #headings = new SummaryHeadings();
  #isAccepted = false;
  #hasText = false;
  #hasRefusal = false;

  constructor(asked: Asked, requestId: string | null) {
    this.#asked = asked;
    this.#requestId = requestId;
  }

  /** What one message tells. Throws `AppError` for the ones that tell of a failure, after its usage. */
  *read(message: unknown): Generator<ProviderEvent, void> {
    const { type } = checked(anyEvent, message);
    switch (type) {
      case 'response.created':
      case 'response.queued':
      case 'response.in_progress':
        return yield* this.#accepted(checked(withResponse, message).response);
      case 'response.output_item.added':
        return yield* itemEvents(checked(itemAdded, message).item.type);
      case 'response.reasoning_summary_part.added':
        return yield* this.#headings.startPart(checked(summaryPlace, message).summary_index);
      case 'response.reasoning_summary_text.delta':
        return yield* this.#headings.read(checked(delta, message).delta);
      case 'response.reasoning_summary_text.done':
      case 'response.reasoning_summary_part.done':
        return yield* this.#headings.endPart();
      case 'response.reasoning_text.delta':
        yield { type: 'thinking', text: checked(delta, message).delta };
        return;
      case 'response.output_text.delta':
        return yield* this.#text(checked(delta, message).delta);
      case 'response.refusal.delta':
        this.#hasRefusal = true;
        return yield* this.#text(checked(delta, message).delta);
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        return yield* this.#ended(checked(withResponse, message).response, type);
      case 'error':
        throw failureOfStreamError(this.#asked, errorIn(message));
      default:
        return;
    }
  }

  /** The same for a server that answered in one piece. */
  *readWhole(json: unknown): Generator<ProviderEvent, void> {
    const whole = checked(response, json);
    yield* this.#accepted(whole);
    yield* this.#ended(whole, whole.incomplete_details ? 'response.incomplete' : 'response.completed');
  }

  *#accepted(told: ServerResponse): Generator<ProviderEvent, void> {
    if (this.#isAccepted) return;
    this.#isAccepted = true;
    yield {
      type: 'accepted',
      responseId: told.id ?? null,
      requestId: this.#requestId,
      model: told.model ?? null,
    };
  }

  *#text(text: string): Generator<ProviderEvent, void> {
    this.#hasText ||= text !== '';
    yield { type: 'text', text };
  }

  *#ended(told: ServerResponse, type: string): Generator<ProviderEvent, void> {
    yield* this.#headings.endPart();
    // Some servers send the text only here.
    if (!this.#hasText) yield* this.#wholeText(told);
    const usage = usageOfResponse(told.usage);
    if (usage) yield { type: 'usage', usage };
    if (type === 'response.failed') throw failureOfStreamError(this.#asked, errorIn({ error: told.error }));
    yield {
      type: 'done',
      finish: this.#finish(told, type),
      model: told.model ?? null,
      serviceTier: told.service_tier ?? null,
    };
  }

  *#wholeText({ output }: ServerResponse): Generator<ProviderEvent, void> {
    for (const part of (output ?? []).flatMap((item) => item?.content ?? [])) {
      if (part?.type === 'refusal') this.#hasRefusal = true;
      const text = part?.type === 'refusal' ? part.refusal : (part?.text ?? '');
      if (text !== '') yield { type: 'text', text };
    }
  }

  #finish({ incomplete_details: details }: ServerResponse, type: string): FinishReason {
    if (type !== 'response.incomplete') return this.#hasRefusal ? 'refusal' : 'stop';
    if (details?.reason === 'max_output_tokens') return 'length';
    return details?.reason === 'content_filter' ? 'content-filter' : 'other';
  }
}

/** An opened item is a sign of work before its first word. */
function* itemEvents(itemType: string): Generator<ProviderEvent, void> {
  if (itemType === 'reasoning') yield { type: 'thinking', text: '' };
  if (itemType === 'message') yield { type: 'text', text: '' };
}

function errorIn(message: unknown): NonNullable<ReturnType<typeof serverErrorIn>> {
  return (
    serverErrorIn(message) ?? { message: '', code: null, type: null, param: null, ...flatError(message) }
  );
}

function flatError(message: unknown): { code?: string } {
  const flat = z.object({ code: z.string() }).safeParse(message);
  return flat.success ? flat.data : {};
}

function checked<Value>(schema: z.ZodType<Value>, message: unknown): Value {
  const result = schema.safeParse(message);
  if (!result.success) throw refuse('response-garbled', { detail: 'wrong-types' }, { cause: result.error });
  return result.data;
}
