import { parentPort } from 'node:worker_threads';
import { serveMarkup } from '#shared/markup/index.ts';

const port = parentPort;
if (!port) throw new Error('markup-worker runs as a worker thread');
port.on(
  'message',
  serveMarkup((message) => port.postMessage(message)),
);
