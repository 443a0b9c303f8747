import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';
import type { Env } from '../../base-urls.ts';

/** `fetch` as the providers use it; tests pass their own. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` for long silent answers: no limit on waiting for headers or for the next byte (Node's
 * own is 300 s and kills silent thinking), corporate proxies from the environment, the system's
 * certificates beside the bundled ones, and no redirect followed, since it would carry the key along.
 * Nothing is loaded or read before the first request.
 */
export function createFetch(env: Env): { fetch: Fetch; warmUp: () => Promise<void> } {
  const load = once(async () => {
    const { EnvHttpProxyAgent, fetch } = await import('undici');
    const secureContext = trusted();
    const tls = { secureContext };
    const dispatcher = new EnvHttpProxyAgent({
      httpProxy: env['http_proxy'] ?? env['HTTP_PROXY'] ?? '',
      httpsProxy: env['https_proxy'] ?? env['HTTPS_PROXY'] ?? '',
      // A proxy elsewhere cannot reach this machine's own servers.
      noProxy: [env['no_proxy'] ?? env['NO_PROXY'] ?? '', 'localhost', '127.0.0.1', '::1'].join(','),
      headersTimeout: 0,
      bodyTimeout: 0,
      allowH2: false,
      connect: { ...tls, timeout: connectTimeoutMs },
      requestTls: tls,
      proxyTls: tls,
    });
    return (input: string | URL | Request, init?: RequestInit) => {
      // undici and Node's types name the same WHATWG classes twice.
      const send = fetch as unknown as (input: unknown, init: unknown) => Promise<Response>;
      return send(input, { ...init, dispatcher, redirect: 'manual' });
    };
  });
  let isWarm: Promise<unknown> | null = null;
  return {
    fetch: async (input, init) => (await load())(input, init),
    warmUp: async () => {
      const fetch = await load();
      // An address that holds its own answer: goes the whole way but for the network.
      isWarm ??= fetch('data:,').then((response) => response.text());
      await isWarm;
    },
  };
}

const connectTimeoutMs = 20_000;

function trusted(): SecureContext {
  // The two largely agree, and each certificate costs time to load.
  const ca = new Set([...getCACertificates('default'), ...getCACertificates('system')]);
  return createSecureContext({ ca: [...ca] });
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | null = null;
  return () => (made ??= make());
}
