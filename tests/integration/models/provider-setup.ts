import { createKeys, createModels } from '#backend/models/index.ts';
import type { Fetch, Models, ProviderEvent } from '#backend/models/index.ts';
import { AppError } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { Effort, ProviderKind } from '#shared/domain/model.ts';
import type { RunRequest } from '#shared/domain/run.ts';

/** Found in nothing but the request's own header. */
export const canary = 'sk-canary-7Hq2Xv';

export type Network = Exclude<ProviderKind, 'solver'>;

export interface Setup {
  readonly models: Models;
  readonly logged: readonly string[];
}

/** Models that reach the server at `url` with the canary key; neither keyring nor disk is touched. */
export function modelsAt(url: string, more: { env?: Record<string, string>; fetch?: Fetch } = {}): Setup {
  const logged: string[] = [];
  const write = (event: string, values: object = {}): string => {
    logged.push(JSON.stringify([event, values]));
    return 'ref';
  };
  const env = {
    OPENAI_API_KEY: canary,
    SCHOLIUM_COMPATIBLE_API_KEY: canary,
    OPENAI_BASE_URL: url,
    ...more.env,
  };
  const settings = { get: () => ({ openaiBaseUrl: null, compatibleBaseUrl: url }) };
  const log = { info: write, warn: write, error: (event: string) => write(event) };
  const away = (): Promise<never> => Promise.reject(new Error('no keyring in tests'));
  const keyring = { get: away, set: away, delete: away };
  const keys = createKeys({ env, settings, log, keyring, secretsFolder: '/nonexistent/scholium' });
  const solver = {
    kind: 'solver',
    prepare: () => ({ endpoint: 'solver', body: null }),
    send: async function* () {},
    listModels: () => Promise.resolve([]),
  } as const;
  const fetch = more.fetch && { fetch: more.fetch };
  return { models: createModels({ env, settings, keys, log, solver, ...fetch }), logged };
}

export interface Stamped {
  readonly atMs: number;
  readonly event: ProviderEvent;
}

export interface Answer {
  readonly request: RunRequest;
  readonly events: readonly ProviderEvent[];
  /** On `performance.now()`, as the model server's ledger is. */
  readonly stamped: readonly Stamped[];
  readonly text: string;
  readonly thinking: string;
  readonly failure: Failure | null;
}

/** Asks and collects everything the provider tells until it ends. */
export async function ask(
  { models }: Setup,
  provider: Network,
  options: { model?: string; effort?: Effort | null; signal?: AbortSignal } = {},
): Promise<Answer> {
  const { model = 'gpt-6.2-sol', effort = null, signal = new AbortController().signal } = options;
  const choice = { provider, model, effort };
  const request = models.provider(provider).prepare({
    question: 'What is $6 \\cdot 7$?',
    choice,
    model: models.resolve(choice),
  });
  const stamped: Stamped[] = [];
  let failure: Failure | null = null;
  try {
    for await (const event of models.provider(provider).send(request, signal)) {
      stamped.push({ atMs: performance.now(), event });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    failure = error.failure;
  }
  const events = stamped.map(({ event }) => event);
  const said = (type: 'text' | 'thinking'): string =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  return { request, events, stamped, text: said('text'), thinking: said('thinking'), failure };
}
