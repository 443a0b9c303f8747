import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { OpenEntry } from './ledger.ts';

/** A ledger entry for a request that just came in. */
export function newEntry(
  request: IncomingMessage,
  url: URL,
  receivedMs: number,
  key: OpenEntry['key'],
): OpenEntry {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (name !== 'authorization') headers[name] = String(value);
  }
  return {
    id: randomUUID(),
    method: request.method ?? 'GET',
    path: url.pathname + url.search,
    headers,
    key,
    body: null,
    receivedMs,
    firstSentMs: {},
    headersSentMs: null,
    endedMs: null,
    status: null,
    framesSent: 0,
    bytesSent: 0,
    outputTokens: null,
    outcome: 'under-way',
  };
}

export function keySeen(request: IncomingMessage, key: string | null): OpenEntry['key'] {
  if (key === null) return 'right';
  const { authorization } = request.headers;
  if (authorization === undefined) return 'none';
  return authorization === `Bearer ${key}` ? 'right' : 'wrong';
}

export async function readBody(request: IncomingMessage): Promise<string> {
  request.setEncoding('utf8');
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** JSON where it is JSON, otherwise the text itself. */
export function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
