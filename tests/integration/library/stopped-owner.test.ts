import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { openAttachedDoor } from '#library/attached-door.ts';

const isWindows = process.platform === 'win32';
let folder = '';
let socketPath = '';
let server: Server;
const sockets = new Set<Socket>();

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'scholium-stopped-'));
  socketPath = isWindows ? `\\\\.\\pipe\\scholium-stopped-${process.pid}` : join(folder, 'library.sock');
  server = createServer();
  server.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(socketPath, resolve);
  });
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  rmSync(folder, { recursive: true, force: true });
});

test('an owner that takes the connection and says nothing is given up', async () => {
  server.on('upgrade', () => undefined);
  expect(await openAttachedDoor({ socketPath, token: 'secret' }, 200)).toBeNull();
});

test('an owner that was stopped later does not hold up who leaves', async () => {
  const owner = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    owner.handleUpgrade(request, socket, head, () => socket.pause());
  });
  const door = await openAttachedDoor({ socketPath, token: 'secret' });
  await door?.close();
  expect(door?.kind).toBe('attached');
});
