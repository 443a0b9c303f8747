import type { IncomingMessage } from 'node:http';
import type { DoorRefusal } from '#shared/messages/shell.ts';
import { isFromOurPageOrTheUser, isPageOpening } from './fetch-site.ts';
import { createGuessLimit } from './guess-limit.ts';
import { loopbackHostOf } from './loopback-host.ts';
import { isSameOrigin } from './same-origin.ts';
import { createSecret } from '#library/secret.ts';
import { createSessionCookie } from './session-cookie.ts';

/** Where a request may go once every rule has passed it. */
export type Admission =
  | { readonly kind: 'admitted' }
  /** The token was right; `isOwnStep` tells whether the browser would send a strict cookie right away. */
  | { readonly kind: 'token-shown'; readonly setCookie: string; readonly isOwnStep: boolean }
  | { readonly kind: 'refused'; readonly reason: DoorRefusal };

export interface Gate {
  /** To be put into the address that is given to the user. */
  readonly token: string;
  /** `path` and `query` are those of the request's target. */
  admitPage(request: IncomingMessage, path: string, query: URLSearchParams): Admission;
  admitSocket(request: IncomingMessage): Admission;
}

const admitted: Admission = { kind: 'admitted' };
const refused = (reason: DoorRefusal): Admission => ({ kind: 'refused', reason });

/** All the rules of who may come in, in the order in which they are asked; each lives in its own file. */
export function createGate(monotonicMs: () => number): Gate {
  const token = createSecret();
  const cookie = createSessionCookie();
  const guesses = createGuessLimit(monotonicMs);

  const showToken = (request: IncomingMessage, guess: string): Admission => {
    // Links in a mail or a terminal's web page come from other sites; the token vouches for them.
    const isOwnStep = isFromOurPageOrTheUser(request);
    if (!isOwnStep && !isPageOpening(request)) return refused('foreign-page');
    if (!guesses.mayGuess()) return refused('too-many-guesses');
    if (!token.matches(guess)) {
      guesses.noteWrongGuess();
      return refused('wrong-token');
    }
    return { kind: 'token-shown', setCookie: cookie.header, isOwnStep };
  };

  return {
    token: token.text,
    admitPage(request, path, query) {
      const host = loopbackHostOf(request);
      if (host === null) return refused('foreign-host');
      if (!isSameOrigin(request, host, request.method !== 'GET')) return refused('foreign-page');
      if (request.method !== 'GET') return refused('wrong-method');
      const guess = query.get('token');
      if (path === '/' && guess !== null) return showToken(request, guess);
      if (!isFromOurPageOrTheUser(request)) return refused('foreign-page');
      return cookie.isIn(request) ? admitted : refused('no-cookie');
    },
    admitSocket(request) {
      const host = loopbackHostOf(request);
      if (host === null) return refused('foreign-host');
      if (request.method !== 'GET') return refused('wrong-method');
      if (!isSameOrigin(request, host, true)) return refused('foreign-page');
      if (!isFromOurPageOrTheUser(request)) return refused('foreign-page');
      return cookie.isIn(request) ? admitted : refused('no-cookie');
    },
  };
}
