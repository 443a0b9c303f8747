import type { IncomingMessage } from 'node:http';

/**
 * Whether Origin, where the browser sent one, is the very page we serve at `host`. Without one only
 * `isRequired: false` passes: browsers always send it with a WebSocket and with every unsafe method.
 */
export function isSameOrigin(request: IncomingMessage, host: string, isRequired: boolean): boolean {
  const origin = request.headers.origin;
  if (origin === undefined) return !isRequired;
  return origin === `http://${host}`;
}
