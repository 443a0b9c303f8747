// Not the room's index: it would bring the parser and KaTeX along, which are the worker's.
import { createMarkupHost } from '#shared/markup/host.ts';
import type { MarkupHost, WorkerEvents, WorkerHandle } from '#shared/markup/index.ts';
import { startReloadingWorker } from './reloading-worker.ts';
import { trustedScriptUrl } from './trusted-types.ts';

let host: MarkupHost | null = null;

/** The window's markup worker; started when it is first needed. */
export function markupHost(): MarkupHost {
  host ??= createMarkupHost({ startWorker });
  return host;
}

/** Starts the worker before there is anything to typeset, so that it loads while the library answers. */
export function startTypesetting(): void {
  void markupHost().renderDocument('', { macros: {} });
}

function startWorker(events: WorkerEvents): WorkerHandle {
  return startReloadingWorker(startOwnWorker, events);
}

/**
 * The bundler recognises a worker only by `new Worker(new URL(…), …)` written just so, and the
 * browser wants the address from the policy: the constructor is wrapped while the line runs.
 */
function startOwnWorker(): Worker {
  const BrowserWorker = globalThis.Worker;
  class Worker extends BrowserWorker {
    constructor(url: URL | string, options?: WorkerOptions) {
      super(trustedScriptUrl(url), options);
    }
  }
  return new Worker(new URL('./markup-web-worker.ts', import.meta.url), { type: 'module' });
}
