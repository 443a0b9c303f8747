import { isIPv4 } from 'node:net';
import { refuse } from '#shared/domain/failure.ts';
import type { Settings } from '#shared/domain/settings.ts';

/** The two providers that are reached over the network. */
export type KeyedProvider = 'openai' | 'compatible';

/** Variables of the process's environment. */
export type Env = Readonly<Record<string, string | undefined>>;

export interface BaseUrlSources {
  readonly settings: { get(): Pick<Settings, 'openaiBaseUrl' | 'compatibleBaseUrl'> };
  readonly env: Env;
}

export const officialBaseUrl = 'https://api.openai.com/v1';

/**
 * Where a provider is reached, without a trailing slash: the setting, else `OPENAI_BASE_URL` or
 * `SCHOLIUM_COMPATIBLE_BASE_URL`, else (OpenAI only) its own address. Throws `AppError`
 * `base-url-missing` or `base-url-invalid`.
 */
export function baseUrlOf(provider: KeyedProvider, { settings, env }: BaseUrlSources): string {
  const { openaiBaseUrl, compatibleBaseUrl } = settings.get();
  const text =
    provider === 'openai'
      ? (filled(openaiBaseUrl) ?? filled(env['OPENAI_BASE_URL']) ?? officialBaseUrl)
      : (filled(compatibleBaseUrl) ?? filled(env['SCHOLIUM_COMPATIBLE_BASE_URL']));
  if (text === null) throw refuse('base-url-missing', {});
  return checkedBaseUrl(text);
}

/** Addresses that someone at the keyboard named for one start of the backend. */
export type BaseUrls = Readonly<Partial<Record<KeyedProvider, string>>>;

/**
 * The same sources with `baseUrls` before all others. They stand in the environment's place, whose
 * keys may go to its own addresses: both were given by the person who starts the program.
 */
export function withBaseUrls(sources: BaseUrlSources, baseUrls: BaseUrls): BaseUrlSources {
  const { openai, compatible } = baseUrls;
  return {
    env: {
      ...sources.env,
      ...(openai !== undefined && { OPENAI_BASE_URL: openai }),
      ...(compatible !== undefined && { SCHOLIUM_COMPATIBLE_BASE_URL: compatible }),
    },
    settings: {
      get: () => ({
        ...sources.settings.get(),
        ...(openai !== undefined && { openaiBaseUrl: null }),
        ...(compatible !== undefined && { compatibleBaseUrl: null }),
      }),
    },
  };
}

/** Throws `AppError` `base-url-invalid` for what is no plain http or https address. */
export function checkedBaseUrl(text: string): string {
  const url = URL.parse(text);
  const isPlain =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === '';
  if (!isPlain) throw refuse('base-url-invalid', { url: text.slice(0, 300) });
  return url.href.replace(/\/+$/u, '');
}

/** True for an address on this machine itself. */
export function isLoopback(origin: string): boolean {
  const host = URL.parse(origin)?.hostname ?? '';
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    (isIPv4(host) && host.startsWith('127.'))
  );
}

function filled(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
