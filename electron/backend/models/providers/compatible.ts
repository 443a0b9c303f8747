import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import type { Json, RunRequest } from '#shared/domain/run.ts';
import { withinLimit } from './answer-limit.ts';
import { ChatEvents } from './compatible-events.ts';
import { errorTextOf, textOf } from './http/body.ts';
import { failureOfStatus } from './http/failures.ts';
import type { Asked } from './http/failures.ts';
import type { Fetch } from './http/fetch.ts';
import { tryParseJson } from './http/json.ts';
import { listedModels } from './http/listed-models.ts';
import { messageIn } from './http/message.ts';
import { unreachable } from './http/network.ts';
import { eventsOf } from './http/sse.ts';
import { modelOf, urlOf } from './openai-request.ts';
import type { Ask, Provider, ProviderEvent } from './provider.ts';

export interface CompatibleOptions {
  /** Without a trailing slash. Throws `AppError` when none was set or it is no address. */
  baseUrl(): string;
  /** The key for requests to `url`'s origin; `null` for a server that needs none. */
  keyFor(url: string): Promise<string | null>;
  readonly fetch: Fetch;
  /** Loads what `fetch` needs, so that it is no part of the first request's time. */
  warmUp(): Promise<void>;
}

/** How long a finished answer's usage is waited for from servers that do not close their stream. */
const usageGraceMs = 2_000;

/**
 * Chat Completions as Ollama, vLLM, llama.cpp, LM Studio, DeepSeek and OpenRouter speak it. No SDK:
 * its reader cannot be bounded, and gives up at what these servers get away with.
 */
export function createCompatible(options: CompatibleOptions): Provider {
  async function* send(request: RunRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    const url = urlOf(request);
    const key = await options.keyFor(url);
    const asked: Asked = { provider: 'compatible', url, model: modelOf(request), key };
    const grace = new AbortController();
    const stop = AbortSignal.any([signal, grace.signal]);
    await options.warmUp();
    yield { type: 'sent' };
    const response = await post(options.fetch, request.body, asked, stop);
    if (response) yield* answer(response, asked, grace);
  }

  return {
    kind: 'compatible',
    prepare: (ask) => ({ endpoint: `POST ${options.baseUrl()}/chat/completions`, body: chatBody(ask) }),
    send: (request, signal) => withinLimit(send(request, signal)),
    listModels: async (signal) => {
      const url = `${options.baseUrl()}/models`;
      const key = await options.keyFor(url);
      return listedModels({ provider: 'compatible', url, model: '', key }, options.fetch, signal);
    },
  };
}

function chatBody({ choice, question }: Ask): Json {
  return {
    model: choice.model,
    messages: [{ role: 'user', content: question }],
    ...(choice.effort !== null && { reasoning_effort: choice.effort }),
    stream: true,
    stream_options: { include_usage: true },
  };
}

/** The response, or `null` when the connection broke (or was stopped) before it. */
async function post(fetch: Fetch, body: Json, asked: Asked, signal: AbortSignal): Promise<Response | null> {
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'text/event-stream' };
  if (asked.key !== null) headers['authorization'] = `Bearer ${asked.key}`;
  let response: Response;
  try {
    response = await fetch(asked.url, { method: 'POST', headers, body: JSON.stringify(body), signal });
  } catch (error) {
    if (signal.aborted) return null;
    const failure = unreachable(asked.url, error);
    if (failure) throw failure;
    if (isNetworkError(error)) return null;
    throw error;
  }
  if (response.ok) return response;
  throw failureOfStatus(asked, response.status, response.headers, await errorTextOf(response));
}

/** `fetch` throws a `TypeError` with a cause for connections that break; others are bugs. */
function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError && error.cause instanceof Error;
}

async function* answer(
  response: Response,
  asked: Asked,
  grace: AbortController,
): AsyncGenerator<ProviderEvent> {
  const events = new ChatEvents(asked, response.headers.get('x-request-id'));
  const type = response.headers.get('content-type') ?? '';
  if (/json|html/iu.test(type)) {
    const json = tryParseJson(await textOf(response));
    if (!isCompletion(json)) throw refuse('not-an-api', { url: asked.url, status: response.status });
    yield* events.read(json);
    yield* events.end();
    return;
  }
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const { data, isTail } of eventsOf(response.body)) {
      const message = data.trim() === '[DONE]' ? undefined : messageIn(data, isTail);
      if (message === undefined) break;
      yield* events.read(message);
      if (events.isComplete) break;
      if (events.isFinished) timer ??= setTimeout(() => grace.abort(), usageGraceMs);
    }
  } finally {
    clearTimeout(timer);
  }
  yield* events.end();
}

function isCompletion(json: unknown): boolean {
  return z.object({ choices: z.array(z.unknown()) }).safeParse(json).success;
}
