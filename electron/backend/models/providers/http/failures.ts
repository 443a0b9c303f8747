import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import type { AppError } from '#shared/domain/failure.ts';
import type { KeyedProvider } from '../../base-urls.ts';
import { tryParseJson } from './json.ts';

/** What was asked, as far as a failure's sentence may need it. */
export interface Asked {
  readonly provider: KeyedProvider;
  readonly url: string;
  readonly model: string;
  /** To keep it out of messages that repeat it; `null` when none was sent. */
  readonly key: string | null;
}

const messageLimitChars = 300;
// Control characters, and those that turn the direction of the text around them.
const unprintable = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** A server's own words, fit to be shown: one line, at most 300 characters, without the key. */
export function shownMessage(message: string, key: string | null): string {
  const withoutKey = key ? message.replaceAll(key, '[key]') : message;
  const plain = withoutKey
    .slice(0, 10 * messageLimitChars)
    .replace(/\b(?:Bearer\s+\S+|sk-[\w*-]{8,})/gu, '[key]')
    .replace(unprintable, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  return plain.length > messageLimitChars ? `${plain.slice(0, messageLimitChars - 1)}…` : plain;
}

const errorObject = z.looseObject({
  message: z.string().catch(''),
  code: z
    .union([z.string(), z.number().transform(String)])
    .nullable()
    .catch(null),
  type: z.string().nullable().catch(null),
  param: z.string().nullable().catch(null),
});
const emptyError = { code: null, type: null, param: null };

/** The error forms in use: OpenAI's object, Ollama's bare string, FastAPI's `detail`, a flat `message`. */
const errorBody = z.union([
  z.object({ error: errorObject }).transform((body) => body.error),
  z.object({ error: z.string() }).transform((body) => ({ ...emptyError, message: body.error })),
  z.object({ detail: z.unknown() }).transform(({ detail }) => ({
    ...emptyError,
    message: typeof detail === 'string' ? detail : JSON.stringify(detail),
  })),
  z.object({ message: z.string() }).transform((body) => ({ ...emptyError, message: body.message })),
]);

export interface ServerError {
  readonly message: string;
  readonly code: string | null;
  readonly type: string | null;
  readonly param: string | null;
}

/** The error a message carries in any of the forms in use; `null` when it is none. */
export function serverErrorIn(json: unknown): ServerError | null {
  const result = errorBody.safeParse(json);
  return result.success ? result.data : null;
}

// https://platform.openai.com/docs/guides/error-codes; none of these goes away by trying again.
const quotaCodes = new Set([
  'insufficient_quota',
  'credit_balance_exhausted',
  'organization_spend_limit_exceeded',
  'project_spend_limit_exceeded',
  'organization_usage_limit_exceeded',
  'billing_hard_limit_reached',
]);

const isQuota = ({ code, type }: ServerError): boolean =>
  quotaCodes.has(code ?? '') || quotaCodes.has(type ?? '');

const isModelUnknown = ({ code, message }: ServerError): boolean =>
  code === 'model_not_found' || /\bmodel\b.*\b(?:not found|does not exist|not loaded)\b/iu.test(message);

/** The failure behind a refusal by status. `text` is the body as far as it was read. */
export function failureOfStatus(asked: Asked, status: number, headers: Headers, text: string): AppError {
  const { provider, url, model, key } = asked;
  if (status >= 300 && status < 400) return redirected(asked, headers);
  const error = serverErrorIn(tryParseJson(text));
  const message = shownMessage(error?.message ?? '', key);
  if (status === 401) {
    return key === null ? refuse('key-missing', { provider }) : refuse('key-refused', { provider, message });
  }
  if (status === 403) return refuse('access-denied', { provider, message });
  if (status === 402 || (error && isQuota(error))) return refuse('quota-exhausted', { provider, message });
  if (status === 429) return refuse('rate-limited', { provider, retryAfterSeconds: retryAfter(headers) });
  if (status >= 500 || status === 408) return refuse('server-failed', { status, message });
  if (error && isModelUnknown(error)) return refuse('model-unknown', { model });
  if (!error || status === 404 || status === 405) return refuse('not-an-api', { url, status });
  return refuse('request-refused', { status, message });
}

/** The failure behind an error sent inside a stream that had begun. */
export function failureOfStreamError(asked: Asked, error: ServerError): AppError {
  const { provider, model, key } = asked;
  const message = shownMessage(error.message, key);
  if (isQuota(error)) return refuse('quota-exhausted', { provider, message });
  if (error.code === 'rate_limit_exceeded') {
    return refuse('rate-limited', { provider, retryAfterSeconds: null });
  }
  if (isModelUnknown(error)) return refuse('model-unknown', { model });
  return refuse('server-failed', { status: null, message });
}

function redirected({ url, key }: Asked, headers: Headers): AppError {
  const target = URL.parse(headers.get('location') ?? '', url);
  return refuse('redirected-elsewhere', { url: shownMessage(target?.href ?? '', key) });
}

/** Whole seconds to wait, from `retry-after-ms` or `retry-after` (seconds or a date). */
function retryAfter(headers: Headers): number | null {
  const inMs = headers.get('retry-after-ms');
  if (inMs !== null && Number.isFinite(Number(inMs))) return Math.max(0, Math.ceil(Number(inMs) / 1000));
  const text = headers.get('retry-after');
  if (text === null) return null;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const leftMs = Date.parse(text) - Date.now();
  return Number.isNaN(leftMs) ? null : Math.max(0, Math.ceil(leftMs / 1000));
}
