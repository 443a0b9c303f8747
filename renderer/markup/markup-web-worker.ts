import { serveMarkup } from '#shared/markup/index.ts';

const serve = serveMarkup((message) => globalThis.postMessage(message));
globalThis.addEventListener('message', (event: MessageEvent<Parameters<typeof serve>[0]>) => {
  serve(event.data);
});
