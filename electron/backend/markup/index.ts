import { Worker } from 'node:worker_threads';
import { createMarkupHost } from '#shared/markup/index.ts';
import type { RenderedDocument, RenderOptions, WorkerEvents, WorkerHandle } from '#shared/markup/index.ts';
import { workerUrl } from '../worker-url.ts';

/** Markdown with formulas to safe HTML, in a worker thread that is killed when it takes too long. */
export interface Markup {
  /** Never refuses a text: what cannot be typeset in time shows its source. Rejects when aborted or closed. */
  renderDocument(source: string, options: RenderOptions, signal?: AbortSignal): Promise<RenderedDocument>;
  close(): Promise<void>;
}

/** The thread starts with the first document. `deadlineMs` is for one block; default 500 ms. */
export function createMarkup(options: { readonly deadlineMs?: number } = {}): Markup {
  const stopping = new Set<Promise<unknown>>();

  function startWorker({ onMessage, onError }: WorkerEvents): WorkerHandle {
    const worker = new Worker(workerUrl('markup-worker'));
    worker.on('message', onMessage);
    worker.on('error', (error) => onError(error instanceof Error ? error : new Error('markup worker')));
    // Rendering alone keeps no process running.
    worker.unref();
    return {
      post: (message) => worker.postMessage(message),
      terminate: () => {
        const stopped = worker.terminate().finally(() => stopping.delete(stopped));
        stopping.add(stopped);
      },
    };
  }

  const host = createMarkupHost({ startWorker, ...options });
  return {
    renderDocument: (source, renderOptions, signal) => host.renderDocument(source, renderOptions, signal),
    async close() {
      host.close();
      await Promise.all(stopping);
    },
  };
}
