import { describe, expect, it } from 'vitest';
import {
  failureOfStatus,
  failureOfStreamError,
  shownMessage,
} from '#backend/models/providers/http/failures.ts';
import type { Asked } from '#backend/models/providers/http/failures.ts';
import { unreachable } from '#backend/models/providers/http/network.ts';
import { usageOfChat, usageOfResponse } from '#backend/models/providers/http/usage.ts';
import { sentenceFor } from '#shared/messages/failures.ts';

const asked: Asked = {
  provider: 'openai',
  url: 'https://api.openai.com/v1/responses',
  model: 'gpt-9',
  key: 'sk-canary-1234567890',
};

function codeOf(status: number, body: unknown, headers: Record<string, string> = {}): string {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return failureOfStatus(asked, status, new Headers(headers), text).failure.code;
}
const error = (code: string | null, message = '', type = ''): object => ({
  error: { message, type, code, param: null },
});

describe('a refusal by status', () => {
  it.each([
    [401, error('invalid_api_key'), 'key-refused'],
    [403, error('unsupported_country_region_territory'), 'access-denied'],
    [402, { error: { message: 'Insufficient Balance' } }, 'quota-exhausted'],
    [404, error('model_not_found'), 'model-unknown'],
    [404, { error: { message: 'model "x" not found, try pulling it first' } }, 'model-unknown'],
    [404, { object: 'error', message: 'The model `x` does not exist.', code: 404 }, 'model-unknown'],
    [404, '<html>nginx</html>', 'not-an-api'],
    [404, { detail: 'Not Found' }, 'not-an-api'],
    [405, { detail: 'Method Not Allowed' }, 'not-an-api'],
    [400, 'Bad Request', 'not-an-api'],
    [400, error('unsupported_parameter', 'no'), 'request-refused'],
    [422, { detail: [{ msg: 'field required' }] }, 'request-refused'],
    [429, error('rate_limit_exceeded', '', 'requests'), 'rate-limited'],
    [429, error('slow_down', '', 'rate_limit_error'), 'rate-limited'],
    [429, error('insufficient_quota', '', 'insufficient_quota'), 'quota-exhausted'],
    [429, error('credit_balance_exhausted', '', 'insufficient_quota'), 'quota-exhausted'],
    [429, error('project_spend_limit_exceeded'), 'quota-exhausted'],
    [500, error(null), 'server-failed'],
    [502, '<html>Bad gateway</html>', 'server-failed'],
    [503, error('server_is_overloaded'), 'server-failed'],
    [302, '', 'redirected-elsewhere'],
  ] as const)('%i %j is %s', (status, body, code) => {
    expect(codeOf(status, body)).toBe(code);
  });

  it('says that a key is missing when none was sent', () => {
    const failure = failureOfStatus({ ...asked, key: null }, 401, new Headers(), '').failure;
    expect(failure.code).toBe('key-missing');
  });

  it.each([
    [{ 'retry-after': '7' }, 7],
    [{ 'retry-after': '0.2' }, 1],
    [{ 'retry-after-ms': '1500' }, 2],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('reads %j as how long to wait', (headers, retryAfterSeconds) => {
    const { failure } = failureOfStatus(asked, 429, new Headers(headers), '');
    expect(failure).toMatchObject({ code: 'rate-limited', params: { retryAfterSeconds } });
  });

  it('names where it was sent on, resolved against the address', () => {
    const { failure } = failureOfStatus(asked, 307, new Headers({ location: '//evil.example/v1' }), '');
    expect(failure).toMatchObject({ params: { url: 'https://evil.example/v1' } });
  });
});

describe('an error inside a stream', () => {
  it.each([
    ['insufficient_quota', 'quota-exhausted'],
    ['rate_limit_exceeded', 'rate-limited'],
    ['model_not_found', 'model-unknown'],
    ['server_error', 'server-failed'],
    [null, 'server-failed'],
  ])('%s is %s', (code, expected) => {
    const told = failureOfStreamError(asked, { code, message: '', type: null, param: null });
    expect(told.failure.code).toBe(expected);
  });
});

describe('a server’s words', () => {
  it('never show the key, whole or masked', () => {
    expect(shownMessage(`Wrong key: ${asked.key}.`, asked.key)).toBe('Wrong key: [key].');
    expect(shownMessage('Wrong key: sk-abcd1234*****wxyz', null)).toBe('Wrong key: [key]');
    expect(shownMessage('Authorization: Bearer abc.def', null)).toBe('Authorization: [key]');
  });

  it('are one line of at most 300 characters without control or direction characters', () => {
    expect(shownMessage('a\u0000\u001b[31m\nb\u202ec', null)).toBe('a [31m b c');
    expect(shownMessage('x'.repeat(10_000), null)).toHaveLength(300);
  });
});

describe('a connection that was never made', () => {
  const failed = (code: string, more: object = {}): TypeError =>
    new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }, more) });

  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'ERR_SSL_WRONG_VERSION_NUMBER',
  ])('for %s is told in plain words', (code) => {
    const failure = unreachable(asked.url, failed(code))?.failure;
    expect(failure).toMatchObject({ code: 'server-unreachable', params: { reason: code } });
    expect(failure ? sentenceFor(failure) : code).not.toContain(code);
  });

  it('is told from one that broke after it was made', () => {
    expect(unreachable(asked.url, failed('ECONNRESET'))).toBeNull();
    expect(unreachable(asked.url, failed('UND_ERR_SOCKET'))).toBeNull();
    expect(unreachable(asked.url, failed('ETIMEDOUT', { syscall: 'read' }))).toBeNull();
    expect(unreachable(asked.url, failed('ETIMEDOUT', { syscall: 'connect' }))).not.toBeNull();
  });
});

describe('usage', () => {
  it('of a response is read field by field; what is missing or no count was not reported', () => {
    expect(
      usageOfResponse({ input_tokens: 5, output_tokens: 7, output_tokens_details: { reasoning_tokens: 3 } }),
    ).toEqual({
      inputTokens: 5,
      cachedInputTokens: null,
      cacheWriteTokens: null,
      outputTokens: 7,
      reasoningTokens: 3,
    });
    expect(usageOfResponse({ input_tokens: -5, output_tokens: 1.5, output_tokens_details: 'none' })).toEqual({
      inputTokens: null,
      cachedInputTokens: null,
      cacheWriteTokens: null,
      outputTokens: null,
      reasoningTokens: null,
    });
    expect(usageOfResponse(null)).toBeNull();
    expect(usageOfResponse(undefined)).toBeNull();
  });

  it('of a chat is read in every dialect', () => {
    expect(
      usageOfChat({ prompt_tokens: 5, completion_tokens: 7, prompt_tokens_details: null }),
    ).toMatchObject({
      inputTokens: 5,
      cachedInputTokens: null,
      outputTokens: 7,
      reasoningTokens: null,
    });
    expect(usageOfChat({ prompt_tokens: 5, completion_tokens: 7, prompt_cache_hit_tokens: 2 })).toMatchObject(
      {
        cachedInputTokens: 2,
      },
    );
    expect(usageOfChat({ prompt_tokens: 1e300, completion_tokens: '7' })).toMatchObject({
      inputTokens: null,
      outputTokens: null,
    });
  });
});
