import type * as Sdk from 'openai';
import type OpenAI from 'openai';
import { z } from 'zod';
import { AppError, refuse } from '#shared/domain/failure.ts';
import type { ModelInfo } from '#shared/domain/model.ts';
import type { Json, RunRequest } from '#shared/domain/run.ts';
import { withinLimit } from './answer-limit.ts';
import { errorTextOf, textOf } from './http/body.ts';
import { failureOfStatus, serverErrorIn } from './http/failures.ts';
import type { Asked } from './http/failures.ts';
import type { Fetch } from './http/fetch.ts';
import { tryParseJson } from './http/json.ts';
import { listedModels } from './http/listed-models.ts';
import { messageIn } from './http/message.ts';
import { unreachable } from './http/network.ts';
import { eventsOf } from './http/sse.ts';
import { ResponseEvents } from './openai-events.ts';
import { modelOf, responsesBody, urlOf, withoutSummary } from './openai-request.ts';
import type { Provider, ProviderEvent } from './provider.ts';

export interface OpenAiOptions {
  /** Without a trailing slash. Throws `AppError` when the one that was set is no address. */
  baseUrl(): string;
  /** The key for requests to `url`'s origin; throws `AppError` when there is none to be had. */
  keyFor(url: string): Promise<string>;
  /** `OPENAI_ORG_ID` and `OPENAI_PROJECT_ID`, which only OpenAI itself is told. */
  readonly organization: string | null;
  readonly project: string | null;
  readonly fetch: Fetch;
  /** Loads what `fetch` needs, so that it is no part of the first request's time. */
  warmUp(): Promise<void>;
}

/** OpenAI's Responses API through its own SDK, streamed, without the SDK's retries. */
export function createOpenAi(options: OpenAiOptions): Provider {
  /** Addresses whose organisation may not have summaries; found out by asking once per start. */
  const withoutSummaries = new Set<string>();

  async function* send(request: RunRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    const url = urlOf(request);
    const key = await options.keyFor(url);
    const asked: Asked = { provider: 'openai', url, model: modelOf(request), key };
    await options.warmUp();
    const watch = new NetworkWatch();
    const client = await connect(options, url.replace(/\/responses$/u, ''), key, watch);
    const post = (body: Json): Promise<Response | Refusal | null> =>
      postTo(client, body, asked, signal, watch);
    const posting = post(request.body);
    await Promise.race([watch.isReady, posting]);
    yield { type: 'sent' };
    watch.go();
    let response = await posting;
    if (response instanceof Refusal) {
      const instead = response.isAboutSummaries ? withoutSummary(request) : null;
      if (!instead) throw response.failure;
      withoutSummaries.add(url);
      yield { type: 'resent', request: instead };
      response = await post(instead.body);
      if (response instanceof Refusal) throw response.failure;
    }
    if (response) yield* answer(response, asked);
  }

  return {
    kind: 'openai',
    prepare: (ask) => {
      const url = `${options.baseUrl()}/responses`;
      return { endpoint: `POST ${url}`, body: responsesBody(ask, !withoutSummaries.has(url)) };
    },
    send: (request, signal) => withinLimit(send(request, signal)),
    listModels: (signal) => listModels(options, signal),
  };
}

async function connect(
  options: OpenAiOptions,
  baseURL: string,
  apiKey: string,
  watch: NetworkWatch,
): Promise<OpenAI> {
  const { default: Client } = await import('openai');
  const isOfficial = new URL(baseURL).origin === 'https://api.openai.com';
  return new Client({
    apiKey,
    adminAPIKey: null,
    webhookSecret: null,
    organization: isOfficial ? options.organization : null,
    project: isOfficial ? options.project : null,
    baseURL,
    // A retried request is billed twice: no idempotency key is sent with it.
    maxRetries: 0,
    timeout: longestTimerMs,
    logLevel: 'off',
    fetch: async (input, init) => {
      await watch.leave();
      try {
        return await withShortErrors(await options.fetch(input, init));
      } catch (error) {
        watch.error = error;
        throw error;
      }
    },
  });
}

/**
 * What goes on behind the SDK: holds its first request back until the run's clock was told, so that
 * the SDK's own preparations are no part of the server's time, and keeps the network's own errors,
 * whose causes the SDK drops.
 */
class NetworkWatch {
  error: unknown = null;
  readonly #ready = Promise.withResolvers<void>();
  readonly #gone = Promise.withResolvers<void>();

  /** Resolves when a request stands ready to leave. */
  get isReady(): Promise<void> {
    return this.#ready.promise;
  }

  go(): void {
    this.#gone.resolve();
  }

  leave(): Promise<void> {
    this.#ready.resolve();
    return this.#gone.promise;
  }
}

/** The SDK reads an error's body to its end, however long; it gets the beginning. */
async function withShortErrors(response: Response): Promise<Response> {
  if (response.ok) return response;
  const { status, headers } = response;
  return new Response(await errorTextOf(response), { status, headers });
}

const longestTimerMs = 2 ** 31 - 1;

/** The server said no before it took the request. */
class Refusal {
  readonly failure: AppError;
  readonly isAboutSummaries: boolean;

  constructor(failure: AppError, isAboutSummaries: boolean) {
    this.failure = failure;
    this.isAboutSummaries = isAboutSummaries;
  }
}

/** The response, a refusal, or `null` when the connection broke (or was stopped) before either. */
async function postTo(
  client: OpenAI,
  body: Json,
  asked: Asked,
  signal: AbortSignal,
  watch: NetworkWatch,
): Promise<Response | Refusal | null> {
  try {
    const headers = { Accept: 'text/event-stream' };
    return await client.post('/responses', { body, signal, headers }).asResponse();
  } catch (error) {
    if (signal.aborted) return null;
    return refusalOf(await import('openai'), error, asked, watch);
  }
}

/** What the SDK makes of a refusal; its own type leaves these fields open. */
const httpError = z.object({
  status: z.int().optional(),
  headers: z.instanceof(Headers).optional(),
  error: z.unknown().optional(),
});

function refusalOf(sdk: typeof Sdk, error: unknown, asked: Asked, watch: NetworkWatch): Refusal | null {
  if (error instanceof AppError) throw error;
  if (!(error instanceof sdk.APIError)) throw error;
  const { status, headers, error: body } = httpError.parse(error);
  if (status === undefined) {
    const failure = unreachable(asked.url, watch.error ?? error);
    return failure ? new Refusal(failure, false) : null;
  }
  const text = body === undefined ? '' : JSON.stringify({ error: body });
  return new Refusal(
    failureOfStatus(asked, status, headers ?? new Headers(), text),
    isAboutSummaries(status, text),
  );
}

function isAboutSummaries(status: number, text: string): boolean {
  if (status !== 400) return false;
  const error = serverErrorIn(tryParseJson(text));
  if (!error) return false;
  const isSummaryParam = error.param?.startsWith('reasoning.summary') ?? false;
  return isSummaryParam || /reasoning summar(?:y|ies)/iu.test(error.message);
}

async function* answer(response: Response, asked: Asked): AsyncGenerator<ProviderEvent> {
  const events = new ResponseEvents(asked, response.headers.get('x-request-id'));
  const type = response.headers.get('content-type') ?? '';
  if (/json|html/iu.test(type)) {
    const json = tryParseJson(await textOf(response));
    if (!isResponse(json)) throw refuse('not-an-api', { url: asked.url, status: response.status });
    yield* events.readWhole(json);
    return;
  }
  for await (const { data, isTail } of eventsOf(response.body)) {
    if (data === '[DONE]') continue;
    const message = messageIn(data, isTail);
    if (message === undefined) return;
    for (const event of events.read(message)) {
      yield event;
      if (event.type === 'done') return;
    }
  }
}

function isResponse(json: unknown): boolean {
  return z.object({ object: z.literal('response') }).safeParse(json).success;
}

async function listModels(options: OpenAiOptions, signal: AbortSignal): Promise<readonly ModelInfo[]> {
  const baseUrl = options.baseUrl();
  const url = `${baseUrl}/models`;
  const key = await options.keyFor(url);
  return listedModels({ provider: 'openai', url, model: '', key }, options.fetch, signal);
}
