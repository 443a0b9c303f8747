import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import type { ModelInfo } from '#shared/domain/model.ts';
import { errorTextOf, textOf } from './body.ts';
import { failureOfStatus, shownMessage } from './failures.ts';
import type { Asked } from './failures.ts';
import type { Fetch } from './fetch.ts';
import { tryParseJson } from './json.ts';
import { unreachable } from './network.ts';

const listLimitModels = 5_000;

const listSchema = z.object({
  data: z
    .array(
      z.object({
        id: z.string().min(1).max(200),
        shutdown_date: z.iso.date().nullable().catch(null).default(null),
      }),
    )
    .max(listLimitModels),
});

/** What `GET /models` lists, as the server told it and no more. Throws `AppError`. */
export async function listedModels(
  asked: Asked,
  fetch: Fetch,
  signal: AbortSignal,
): Promise<readonly ModelInfo[]> {
  const response = await get(asked, fetch, signal);
  if (!response.ok) {
    throw failureOfStatus(asked, response.status, response.headers, await errorTextOf(response));
  }
  const list = listSchema.safeParse(tryParseJson(await textOf(response)));
  if (!list.success) throw refuse('not-an-api', { url: asked.url, status: response.status });
  return list.data.data.map(({ id, shutdown_date }) => plainModel(asked.provider, id, shutdown_date));
}

async function get(asked: Asked, fetch: Fetch, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (asked.key !== null) headers['authorization'] = `Bearer ${asked.key}`;
  try {
    return await fetch(asked.url, { headers, signal });
  } catch (error) {
    signal.throwIfAborted();
    const reason = shownMessage(error instanceof Error ? error.message : '', asked.key);
    throw unreachable(asked.url, error) ?? refuse('server-unreachable', { url: asked.url, reason });
  }
}

/** A model of which only its name is known. */
export function plainModel(
  provider: ModelInfo['provider'],
  id: string,
  shutdownDate: string | null,
): ModelInfo {
  return {
    id,
    provider,
    isReasoning: null,
    efforts: [],
    defaultEffort: null,
    contextWindowTokens: null,
    maxOutputTokens: null,
    prices: null,
    shutdownDate,
    isRetired: false,
    successor: null,
    hasSummaries: null,
  };
}
