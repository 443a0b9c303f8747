import type { IncomingMessage } from 'node:http';

/** `127.0.0.1`, `localhost` or `[::1]`, on any port: behind `ssh -L` the browser's port is not ours. */
const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/;

/**
 * The request's Host when it is one plain loopback name, else `null`. A page of a web site whose name
 * was rebound to 127.0.0.1 still sends that site's name, and is turned away here; so is every other
 * spelling of a loopback address (decimal, short, trailing dot), which no honest client sends.
 */
export function loopbackHostOf(request: IncomingMessage): string | null {
  const given = request.rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  const host = request.headers.host;
  if (given.length !== 1 || host === undefined || !loopbackHost.test(host)) return null;
  return host;
}
