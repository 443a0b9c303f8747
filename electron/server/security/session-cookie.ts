import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createSecret } from '#library/secret.ts';

export interface SessionCookie {
  /** The value of Set-Cookie for a browser that showed the token. */
  readonly header: string;
  isIn(request: IncomingMessage): boolean;
}

/**
 * The cookie that stands for the token once a browser has shown it. Browsers share cookies between
 * all ports of a host, so its name carries a random suffix: two Scholia side by side do not
 * overwrite each other's. Its value is a secret of its own: who reads a cookie jar learns no token.
 */
export function createSessionCookie(): SessionCookie {
  const name = `scholium-${randomBytes(6).toString('hex')}`;
  const secret = createSecret();
  return {
    header: `${name}=${secret.text}; Path=/; HttpOnly; SameSite=Strict`,
    isIn: (request) => cookieValues(request, name).some((value) => secret.matches(value)),
  };
}

function cookieValues(request: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.split('=', 2);
    if (key?.trim() === name && value !== undefined) values.push(value.trim());
  }
  return values;
}
