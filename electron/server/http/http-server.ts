import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { Log } from '#backend/logs/log.ts';
import { refuse } from '#shared/domain/failure.ts';
import type { DoorRefusal } from '#shared/messages/shell.ts';
import { createGate } from '../security/gate.ts';
import type { Gate } from '../security/gate.ts';
import { keepAlive } from './heartbeat.ts';
import { onwardPage } from './pages.ts';
import { refuseRequest, refuseUpgrade, reply, replyWithPage } from './replies.ts';
import { listStaticFiles } from '#window-files/static-files.ts';
import type { StaticFiles } from '#window-files/static-files.ts';

/** The longest message a window may send: the largest import, with room for its framing. */
const maxMessageBytes = 64 * 1024 * 1024;

export interface HttpServerOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** The built window. */
  readonly rendererFolder: string;
  /** Called with each WebSocket that passed every rule. */
  readonly onSocket: (socket: WebSocket) => void;
  readonly log: Log;
  /** True looks at the folder anew for each request, while the window is being rebuilt. */
  readonly isDevelopment?: boolean;
}

export interface RunningHttpServer {
  readonly port: number;
  /** The address that lets a browser in; holds the token. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves the built window and its WebSocket (`/rpc`) on 127.0.0.1, to those who know the token.
 * Throws `AppError` `port-busy` or `port-unusable`.
 */
export async function startHttpServer(options: HttpServerOptions): Promise<RunningHttpServer> {
  const gate = createGate(() => performance.now());
  const listedFiles = await listStaticFiles(options.rendererFolder);
  const files = options.isDevelopment
    ? () => listStaticFiles(options.rendererFolder)
    : () => Promise.resolve(listedFiles);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  const server = createServer((request, response) => {
    answer(request, response, gate, files, options.log).catch((error: unknown) => {
      options.log.error('http-answer', error);
      response.destroy();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A connection that breaks while it is being turned away concerns nobody.
    socket.on('error', () => socket.destroy());
    const reason = refusalOfUpgrade(request, gate);
    if (reason !== null) {
      options.log.warn('socket-refused', { reason });
      refuseUpgrade(socket, reason);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', (error) => options.log.warn('socket-broken', { reason: error.name }));
      keepAlive(webSocket);
      options.onSocket(webSocket);
    });
  });

  const port = await listenOnLoopback(server, options.port);
  return {
    port,
    url: `http://127.0.0.1:${port}/?token=${gate.token}`,
    close: () => closeServer(server, sockets),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
  files: () => Promise<StaticFiles>,
  log: Log,
): Promise<void> {
  const target = targetOf(request);
  const admission = gate.admitPage(request, target.path, target.query);
  const turnAway = (reason: DoorRefusal): void => {
    log.warn('request-refused', { reason });
    refuseRequest(response, reason);
  };
  if (admission.kind === 'refused') return turnAway(admission.reason);
  if (admission.kind === 'token-shown') {
    const headers = { 'Set-Cookie': admission.setCookie };
    if (admission.isOwnStep) return replyWithPage(response, 303, '', { ...headers, Location: '/' });
    return replyWithPage(response, 200, onwardPage('/'), headers);
  }
  const file = (await files()).get(target.path);
  if (file === undefined) return turnAway(target.path === '/' ? 'not-built' : 'not-found');
  const headers = { 'Content-Type': file.contentType, 'Cache-Control': file.cacheControl };
  reply(response, 200, headers, await file.read());
}

function refusalOfUpgrade(request: IncomingMessage, gate: Gate): DoorRefusal | null {
  const admission = gate.admitSocket(request);
  if (admission.kind === 'refused') return admission.reason;
  return request.url === '/rpc' ? null : 'not-found';
}

/** Path and query exactly as they were sent: nothing is decoded or normalised on the way to the list. */
function targetOf(request: IncomingMessage): { path: string; query: URLSearchParams } {
  const target = request.url ?? '';
  const queryStart = target.indexOf('?');
  return queryStart === -1
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, queryStart), query: new URLSearchParams(target.slice(queryStart)) };
}

function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? refuse('port-busy', { port }, { cause: error })
          : refuse('port-unusable', { port, reason: error.code ?? error.message }, { cause: error }),
      );
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('The server listens on no port.');
      resolve(address.port);
    });
  });
}

/** Tells every window that the server goes away, so that it reconnects, and frees the port. */
async function closeServer(server: Server, sockets: WebSocketServer): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const socket of sockets.clients) socket.close(1001);
  server.closeIdleConnections();
  const cut = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
  }, 500);
  await closed;
  clearTimeout(cut);
}
