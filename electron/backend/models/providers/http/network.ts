import { refuse } from '#shared/domain/failure.ts';
import type { AppError } from '#shared/domain/failure.ts';

/** Codes of failures before anything was sent; their words are in `shared/messages/failures.ts`. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
]);
const tlsCode = /^(?:ERR_TLS_|ERR_SSL_|CERT_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/u;

/**
 * Why no connection was made, or `null` when one was and broke: then the request may have arrived.
 */
export function unreachable(url: string, error: unknown): AppError | null {
  const codes = codesIn(error);
  if (codes.includes('ETIMEDOUT') && isConnecting(error)) {
    return refuse('server-unreachable', { url, reason: 'ETIMEDOUT' }, { cause: error });
  }
  const code = codes.find((found) => neverSent.has(found)) ?? codes.find((found) => tlsCode.test(found));
  if (code !== undefined) return refuse('server-unreachable', { url, reason: code }, { cause: error });
  const reason = wordedReason(codes, messagesIn(error));
  return reason === null ? null : refuse('server-unreachable', { url, reason }, { cause: error });
}

/** What the network tells in words alone. */
function wordedReason(codes: readonly string[], messages: string): string | null {
  // https://fetch.spec.whatwg.org/#port-blocking: such a request never leaves.
  if (/^bad port$/mu.test(messages)) return 'bad-port';
  return codes.includes('UND_ERR_ABORTED') && /proxy response/iu.test(messages) ? 'proxy-refused' : null;
}

/** An error and what it was caused by, outermost first. */
function* chainOf(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth += 1) {
    yield current;
    if (current instanceof AggregateError) yield* current.errors.filter((inner) => inner instanceof Error);
    current = current.cause;
  }
}

function codesIn(error: unknown): readonly string[] {
  return [...chainOf(error)].flatMap((link) =>
    'code' in link && typeof link.code === 'string' ? [link.code] : [],
  );
}

/** A connection that was there can time out too; only the attempt names its system call. */
function isConnecting(error: unknown): boolean {
  return [...chainOf(error)].some((link) => 'syscall' in link && link.syscall === 'connect');
}

function messagesIn(error: unknown): string {
  return [...chainOf(error)].map((link) => link.message).join('\n');
}
