import type { Fault } from './script.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a refusal may depend on. */
export interface Refused {
  readonly model: string;
  readonly authorization: string;
  readonly asksForSummary: boolean;
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** An error in the form of OpenAI's published schema. */
export function apiError(
  status: number,
  error: { message: string; type: string; code?: string | null; param?: string | null },
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return json(status, { error: { code: null, param: null, ...error } }, headers);
}

export const modelNotFound = (model: string): Reply =>
  apiError(404, {
    message: `The model \`${model}\` does not exist or you do not have access to it.`,
    type: 'invalid_request_error',
    code: 'model_not_found',
  });

export const keyRefused = (): Reply =>
  apiError(401, {
    message:
      'Incorrect API key provided. You can find your API key at https://platform.openai.com/account/api-keys.',
    type: 'invalid_request_error',
    code: 'invalid_api_key',
  });

const htmlPage =
  '<!doctype html><html><head><title>Welcome</title></head><body><h1>It works!</h1></body></html>';
const html = (status: number): Reply => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: htmlPage,
});

/** The whole reply of a fault that answers instead of streaming; `null` for every other fault. */
export function refusalFor(fault: Fault | null, request: Refused): Reply | null {
  switch (fault?.type) {
    case 'unauthorized':
      return keyRefused();
    case 'echo-key':
      return apiError(401, {
        message: `Incorrect API key provided: ${request.authorization.replace(/^Bearer /u, '')}.`,
        type: 'invalid_request_error',
        code: 'invalid_api_key',
      });
    case 'forbidden':
      return apiError(403, {
        message: 'Country, region, or territory not supported',
        type: 'request_forbidden',
        code: 'unsupported_country_region_territory',
      });
    case 'not-found-html':
      return html(404);
    case 'html':
      return html(200);
    case 'other-json':
      return json(200, { status: 'ok', version: '1.2.3' });
    case 'model-not-found':
      return modelNotFound(request.model);
    case 'model-not-pulled':
      return json(404, {
        error: {
          message: `model "${request.model}" not found, try pulling it first`,
          type: 'not_found_error',
        },
      });
    case 'rate-limited':
      return apiError(
        429,
        {
          message: 'Rate limit reached for requests per minute.',
          type: 'requests',
          code: 'rate_limit_exceeded',
        },
        fault.retryAfterSeconds === null ? {} : { 'retry-after': String(fault.retryAfterSeconds) },
      );
    case 'quota':
      return apiError(429, {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        type: 'insufficient_quota',
        code: fault.code,
      });
    case 'server-error':
      return apiError(fault.status, {
        message: 'The server had an error processing your request.',
        type: 'server_error',
      });
    case 'unsupported-parameter':
      return apiError(400, {
        message: `Unsupported parameter: '${fault.param}' is not supported with this model.`,
        type: 'invalid_request_error',
        code: 'unsupported_parameter',
        param: fault.param,
      });
    case 'summaries-refused':
      if (!request.asksForSummary) return null;
      return apiError(400, {
        message: 'Your organization must be verified to generate reasoning summaries.',
        type: 'invalid_request_error',
        code: 'unsupported_value',
        param: 'reasoning.summary',
      });
    case 'redirect':
      return { status: fault.status, headers: { location: fault.to }, body: '' };
    default:
      return null;
  }
}
