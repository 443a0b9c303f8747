import { expect, test } from 'vitest';
import { startReloadingWorker } from '#renderer/markup/reloading-worker.ts';
import type { FromWorker, ToWorker } from '#shared/markup/index.ts';

class FakeWorker {
  readonly posted: ToWorker[] = [];
  isTerminated = false;
  readonly listeners = new Map<string, (event: never) => void>();

  addEventListener(type: string, listener: (event: never) => void): void {
    this.listeners.set(type, listener);
  }

  postMessage(message: ToWorker): void {
    this.posted.push(message);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  says(type: 'message' | 'error', event: { data?: FromWorker; message?: string }): void {
    this.listeners.get(type)?.(event as never);
  }
}

function start() {
  const workers: FakeWorker[] = [];
  const pauses: { callback: () => void; delayMs: number }[] = [];
  const errors: string[] = [];
  const handle = startReloadingWorker(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    { onMessage: () => undefined, onError: (error) => errors.push(error.message) },
    (callback, delayMs) => pauses.push({ callback, delayMs }),
  );
  return { workers, pauses, errors, handle };
}

const message: ToWorker = { type: 'close-stream', streamId: 7 };

test('a worker whose script cannot be fetched is fetched again, with what waits for it', () => {
  const { workers, pauses, errors, handle } = start();
  handle.post(message);
  workers[0]?.says('error', {});
  expect(workers[0]?.isTerminated).toBe(true);
  pauses[0]?.callback();
  workers[1]?.says('error', {});
  pauses[1]?.callback();
  expect(workers[2]?.posted).toEqual([message]);
  expect(pauses.map(({ delayMs }) => delayMs)).toEqual([250, 500]);
  expect(errors).toEqual([]);
});

test('an error of a worker that was ready is told, and nothing is fetched again', () => {
  const { workers, pauses, errors } = start();
  workers[0]?.says('message', { data: { type: 'ready' } });
  workers[0]?.says('error', { message: 'out of memory' });
  expect(errors).toEqual(['out of memory']);
  expect(pauses).toEqual([]);
});

test('a worker that was ended is not fetched again', () => {
  const { workers, pauses, handle } = start();
  workers[0]?.says('error', {});
  handle.terminate();
  pauses[0]?.callback();
  expect(workers).toHaveLength(1);
});
