// Started in a process of its own: `node packaged-backend.ts APP_FOLDER LIBRARY`. Plays the desktop shell
// to the backend of a packaged app, calls the contract through a window's port, and prints the answer.
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { BackendClient } from '#shared/contract/index.ts';
import { fromBackend } from '#shared/desktop/process-messages.ts';
import type { FromBackend, ToBackend } from '#shared/desktop/process-messages.ts';

type Listener = (event: { data: ToBackend; ports: readonly MessagePort[] }) => void;

const [appFolder = '', libraryPath = ''] = process.argv.slice(2);
const listeners: Listener[] = [];
const waiting = new Map<FromBackend['kind'], (message: FromBackend) => void>();

Reflect.set(process, 'parentPort', {
  on: (_event: 'message', listener: Listener) => listeners.push(listener),
  postMessage: (data: unknown) => {
    const message = fromBackend.parse(data);
    if (message.kind === 'failed') throw new Error(`The backend failed: ${message.failure.code}`);
    waiting.get(message.kind)?.(message);
  },
});
await import(pathToFileURL(join(appFolder, 'dist/backend/backend-process.js')).href);

const opened = next('opened');
send({ kind: 'open', libraryPath, appVersion: '0.0.0' });
await opened;

const { port1, port2 } = new MessageChannel();
send({ kind: 'window' }, port2);
port1.start();
const client: BackendClient = createORPCClient(new RPCLink({ port: port1 }));
const notebooks = await client.notebooks.list();
process.stdout.write(JSON.stringify(notebooks.map(({ title }) => title)));
port1.close();

const closed = next('closed');
send({ kind: 'close' });
await closed;

function send(data: ToBackend, ...ports: MessagePort[]): void {
  for (const listener of listeners) listener({ data, ports });
}

function next(kind: FromBackend['kind']): Promise<FromBackend> {
  return new Promise((resolve) => waiting.set(kind, resolve));
}
