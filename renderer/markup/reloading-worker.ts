import type { FromWorker, ToWorker, WorkerEvents, WorkerHandle } from '#shared/markup/index.ts';

/** What is used of a browser's Worker. */
export interface PageWorker {
  addEventListener(type: 'message', listener: (event: MessageEvent<FromWorker>) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  postMessage(message: ToWorker): void;
  terminate(): void;
}

const firstPauseMs = 250;
const longestPauseMs = 4_000;

/**
 * A worker whose script is fetched again for as long as it cannot be had, as while the server is
 * restarting: until then every message waits. Once it said that it is ready, an error is the worker's
 * own and is passed on.
 */
export function startReloadingWorker(
  make: () => PageWorker,
  { onMessage, onError }: WorkerEvents,
  pause: (callback: () => void, delayMs: number) => void = (callback, delayMs) =>
    void setTimeout(callback, delayMs),
): WorkerHandle {
  const waiting: ToWorker[] = [];
  let isReady = false;
  let isEnded = false;
  let pauseMs = firstPauseMs;
  let worker = load();

  function load(): PageWorker {
    const made = make();
    made.addEventListener('message', ({ data }) => {
      if (data.type === 'ready') {
        isReady = true;
        waiting.length = 0;
      }
      onMessage(data);
    });
    made.addEventListener('error', (event) => {
      if (isReady) return onError(new Error(event.message || 'markup worker'));
      made.terminate();
      pause(reload, pauseMs);
      pauseMs = Math.min(2 * pauseMs, longestPauseMs);
    });
    return made;
  }

  function reload(): void {
    if (isEnded) return;
    worker = load();
    for (const message of waiting) worker.postMessage(message);
  }

  return {
    post: (message) => {
      if (!isReady) waiting.push(message);
      worker.postMessage(message);
    },
    terminate: () => {
      isEnded = true;
      worker.terminate();
    },
  };
}
