import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { createSecret } from './secret.ts';
import type { DoorAddress } from './door.ts';

export interface OwnerSocket {
  readonly address: DoorAddress;
  close(): Promise<void>;
}

/**
 * Lets other processes of the same user reach the library that this one has open: a Unix socket
 * (0600) in a folder of its own (0700), or a pipe on Windows. Either way the token of the lock file
 * has to be shown as well, since a pipe can be opened by every user of the machine.
 */
export async function openOwnerSocket(onSocket: (socket: WebSocket) => void): Promise<OwnerSocket> {
  const secret = createSecret();
  const socketPath = await newSocketPath();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: 0 });
  const server = createServer((_request, response) => response.writeHead(404).end());
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const shown = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    if (shown === undefined || !secret.matches(shown)) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      onSocket(webSocket);
    });
  });
  await listen(server, socketPath);
  return {
    address: { socketPath, token: secret.text },
    close: () => closeSocket(server, sockets, socketPath),
  };
}

const isWindows = process.platform === 'win32';

async function newSocketPath(): Promise<string> {
  if (isWindows) return `\\\\.\\pipe\\scholium-${randomUUID()}`;
  // A socket's path may have 103 bytes on macOS: a folder beside a deep library would be too long.
  return join(await mkdtemp(join(tmpdir(), 'scholium-')), 'library.sock');
}

async function listen(server: Server, socketPath: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  if (!isWindows) await chmod(socketPath, 0o600);
}

async function closeSocket(server: Server, sockets: WebSocketServer, socketPath: string): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const socket of sockets.clients) socket.close(1001);
  const cut = setTimeout(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
  }, 500);
  await closed;
  clearTimeout(cut);
  if (!isWindows) await rm(dirname(socketPath), { recursive: true, force: true });
}
