import { AppError, assertNever, refuse } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { ModelChoice, ModelInfo, ProviderKind } from '#shared/domain/model.ts';
import type { Clock } from '#shared/domain/time.ts';
import type { Log } from '../logs/log.ts';
import { baseUrlOf } from './base-urls.ts';
import type { BaseUrlSources } from './base-urls.ts';
import { loadCatalogue } from './catalogue.ts';
import type { Keys } from './keys/index.ts';
import { mergeWithCatalogue } from './merge.ts';
import { createCompatible } from './providers/compatible.ts';
import { createFetch } from './providers/http/fetch.ts';
import type { Fetch } from './providers/http/fetch.ts';
import { createOpenAi } from './providers/openai.ts';
import type { Provider } from './providers/provider.ts';
import { resolveChoice } from './resolve.ts';

/** What problems can be run with, and the ways there. */
export interface Models {
  provider(kind: ProviderKind): Provider;
  /**
   * The catalogue's entry for a choice, `null` where it has none. Throws `AppError` for a choice that
   * is refused beforehand: `model-not-chosen`, `model-retired`, `effort-unsupported`.
   */
  resolve(choice: ModelChoice): ModelInfo | null;
  /** Never throws for a server's fault: `failure` says why it could not be asked. */
  list(
    asked: { readonly provider: ProviderKind; readonly askServer: boolean },
    signal?: AbortSignal,
  ): Promise<{ models: ModelInfo[]; failure: Failure | null }>;
}

export interface ModelsOptions extends BaseUrlSources {
  readonly keys: Pick<Keys, 'read'>;
  readonly log: Log;
  readonly solver: Provider;
  /** For what may be run today. */
  readonly clock?: Pick<Clock, 'utcMs'>;
  readonly fetch?: Fetch;
}

/** How long a model server may take to list its models. */
const listWithinMs = 20_000;

/** The three providers and the catalogue. Reads nothing from the network or a disk until asked. */
export function createModels(options: ModelsOptions): Models {
  const { keys, env, log, solver, clock = { utcMs: () => Date.now() } } = options;
  const catalogue = loadCatalogue();
  const network = options.fetch
    ? { fetch: options.fetch, warmUp: () => Promise.resolve() }
    : createFetch(env);

  const openai = createOpenAi({
    baseUrl: () => baseUrlOf('openai', options),
    keyFor: async (url) => {
      const key = await keys.read('openai', url);
      if (key === null) throw refuse('key-missing', { provider: 'openai' });
      return key;
    },
    organization: env['OPENAI_ORG_ID'] ?? null,
    project: env['OPENAI_PROJECT_ID'] ?? null,
    ...network,
  });
  const compatible = createCompatible({
    baseUrl: () => baseUrlOf('compatible', options),
    keyFor: (url) => keys.read('compatible', url),
    ...network,
  });

  const provider = (kind: ProviderKind): Provider => {
    switch (kind) {
      case 'openai':
        return openai;
      case 'compatible':
        return compatible;
      case 'solver':
        return solver;
      default:
        return assertNever(kind);
    }
  };

  const known = (kind: ProviderKind): readonly ModelInfo[] =>
    kind === 'openai' ? catalogue.all(clock.utcMs()) : [];

  return {
    provider,
    resolve: (choice) => resolveChoice(choice, catalogue, clock.utcMs()),
    list: async ({ provider: kind, askServer }, signal) => {
      // The solver is here, whether or not a server may be asked.
      if (!askServer && kind !== 'solver') return { models: [...known(kind)], failure: null };
      const deadline = AbortSignal.timeout(listWithinMs);
      try {
        const listed = await provider(kind).listModels(
          signal ? AbortSignal.any([signal, deadline]) : deadline,
        );
        const models = kind === 'openai' ? mergeWithCatalogue(catalogue, listed, clock.utcMs()) : listed;
        return { models: [...models], failure: null };
      } catch (error) {
        if (signal?.aborted) throw error;
        const failure = failureOf(error, kind, deadline, options);
        if (!failure) throw error;
        log.warn('models-list-failed', { provider: kind, code: failure.code });
        return { models: [...known(kind)], failure };
      }
    },
  };
}

function failureOf(
  error: unknown,
  kind: ProviderKind,
  deadline: AbortSignal,
  sources: BaseUrlSources,
): Failure | null {
  if (error instanceof AppError) return error.failure;
  if (!deadline.aborted || kind === 'solver') return null;
  return refuse('server-unreachable', { url: baseUrlOf(kind, sources), reason: 'ETIMEDOUT' }).failure;
}
