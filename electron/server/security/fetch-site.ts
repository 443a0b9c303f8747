import type { IncomingMessage } from 'node:http';

/**
 * Whether the request was made by our own page or by the user (the address bar, a bookmark). Clients
 * that are no browsers send no Sec-Fetch-Site and have to know the token like everyone else.
 * `same-site` is refused as well: to a browser every port of localhost is one site.
 */
export function isFromOurPageOrTheUser(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** Whether the request is the opening of a page in a tab, not a picture, a frame or a script's fetch. */
export function isPageOpening(request: IncomingMessage): boolean {
  const mode = request.headers['sec-fetch-mode'];
  const destination = request.headers['sec-fetch-dest'];
  return (
    (mode === undefined || mode === 'navigate') && (destination === undefined || destination === 'document')
  );
}
