import { STATUS_CODES } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DoorRefusal } from '#shared/messages/shell.ts';
import { doorSentences } from '#shared/messages/shell.ts';
import { securityHeaders } from '#window-files/headers.ts';
import { sentencePage } from './pages.ts';

const statusOf: Readonly<Record<DoorRefusal, number>> = {
  'foreign-host': 403,
  'foreign-page': 403,
  'wrong-method': 405,
  'wrong-token': 401,
  'too-many-guesses': 429,
  'no-cookie': 401,
  'not-found': 404,
  'not-built': 503,
};

const html = 'text/html; charset=utf-8';

export function reply(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Buffer,
): void {
  response.writeHead(status, {
    ...securityHeaders,
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

export function replyWithPage(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  reply(response, status, { 'Content-Type': html, 'Cache-Control': 'no-store', ...headers }, body);
}

/** Turns a request away with its sentence, and closes the connection it came by. */
export function refuseRequest(response: ServerResponse, reason: DoorRefusal): void {
  replyWithPage(response, statusOf[reason], sentencePage(doorSentences[reason]), extraHeaders(reason));
}

/** The same for a connection that wanted to become a WebSocket. */
export function refuseUpgrade(socket: Duplex, reason: DoorRefusal): void {
  const status = statusOf[reason];
  const body = sentencePage(doorSentences[reason]);
  const headers = {
    ...securityHeaders,
    'Content-Type': html,
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    ...extraHeaders(reason),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
}

function extraHeaders(reason: DoorRefusal): Record<string, string> {
  // A refused request may still be sending its body; nobody is going to read it.
  const close = { Connection: 'close' };
  return reason === 'wrong-method' ? { ...close, Allow: 'GET' } : close;
}
