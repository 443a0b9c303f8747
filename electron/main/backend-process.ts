import type { MessagePortMain, UtilityProcess } from 'electron';
import { fromBackend, toBackend } from '#shared/desktop/process-messages.ts';
import type { FromBackend, Task, TaskResult, ToBackend } from '#shared/desktop/process-messages.ts';
import { AppError, refuse } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import { createCrashCount } from './crash-count.ts';

/** The part of a `UtilityProcess` that is used here. */
export type BackendChild = Pick<UtilityProcess, 'on' | 'once' | 'postMessage' | 'kill'>;

export interface BackendProcessOptions {
  /** Starts the process; called again after each crash. */
  start(): BackendChild;
  /** `null` is the user's own library. */
  readonly libraryPath: string | null;
  readonly appVersion: string;
  readonly nowMs: () => number;
  readonly events: BackendEvents;
}

export interface BackendEvents {
  opened(libraryPath: string): void;
  /** The library could not be opened, or was lost; only `restart` helps. */
  failed(failure: Failure): void;
  /** It died and was started again; windows find it by asking for a new port. */
  restarted(): void;
  /** It died once too often and stays dead until `restart`. */
  gaveUp(): void;
  runEnded(run: Extract<FromBackend, { kind: 'run-ended' }>): void;
  print(job: Extract<FromBackend, { kind: 'print' }>, signal: AbortSignal): Promise<Uint8Array>;
}

/** One library's backend: a process that is started again when it dies, until that is pointless. */
export interface BackendProcess {
  /** Hands one end of a window's channel over; it is answered as soon as the library is open. */
  serve(port: MessagePortMain): void;
  /** Throws `AppError`. */
  carryOut(task: Task): Promise<TaskResult>;
  powerChanged(state: 'suspended' | 'resumed'): void;
  restart(): void;
  /** Where its log is; `null` when it never came so far as to say. */
  logsFolder(): string | null;
  /** Saves, frees the library and ends the process; by force after `limitMs`. */
  close(limitMs: number): Promise<void>;
}

interface Asker {
  resolve(result: TaskResult): void;
  reject(reason: unknown): void;
}

export function startBackendProcess(options: BackendProcessOptions): BackendProcess {
  const { events } = options;
  const crashes = createCrashCount(options.nowMs);
  const askers = new Map<number, Asker>();
  const printing = new Map<number, AbortController>();
  let child: BackendChild | null = null;
  let logsFolder: string | null = null;
  let isClosing = false;
  let lastId = 0;
  let tellClosed: () => void = () => undefined;

  const send = (message: ToBackend, ports: MessagePortMain[] = []): void => {
    child?.postMessage(toBackend.parse(message), ports);
  };

  const start = (): void => {
    const started = options.start();
    child = started;
    started.on('message', (message: unknown) => {
      if (child === started) receive(fromBackend.parse(message));
    });
    started.once('exit', () => {
      if (child === started) ended();
    });
    send({ kind: 'open', libraryPath: options.libraryPath, appVersion: options.appVersion });
  };

  const ended = (): void => {
    child = null;
    for (const asker of askers.values()) asker.reject(refuse('connection-lost', {}));
    askers.clear();
    for (const job of printing.values()) job.abort();
    printing.clear();
    tellClosed();
    if (isClosing) return;
    if (crashes.isOneTooMany()) return events.gaveUp();
    start();
    events.restarted();
  };

  const receive = (message: FromBackend): void => {
    switch (message.kind) {
      case 'started':
        logsFolder = message.logsFolder;
        return;
      case 'opened':
        return events.opened(message.libraryPath);
      case 'failed':
        return events.failed(message.failure);
      case 'done':
        return askers.get(message.id)?.resolve(message.result);
      case 'refused':
        return askers.get(message.id)?.reject(new AppError(message.failure));
      case 'print':
        void print(message);
        return;
      case 'stop-printing':
        return printing.get(message.id)?.abort();
      case 'run-ended':
        return events.runEnded(message);
      case 'closed':
        return tellClosed();
    }
  };

  const print = async (job: Extract<FromBackend, { kind: 'print' }>): Promise<void> => {
    const stopped = new AbortController();
    printing.set(job.id, stopped);
    try {
      const bytes = await events.print(job, stopped.signal);
      send({ kind: 'printed', id: job.id, bytes });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      send({ kind: 'not-printed', id: job.id, reason: reason.slice(0, 200) });
    } finally {
      printing.delete(job.id);
    }
  };

  start();
  return {
    logsFolder: () => logsFolder,
    serve: (port) => (child ? send({ kind: 'window' }, [port]) : port.close()),
    powerChanged: (state) => send({ kind: 'power', state }),
    carryOut: async (task) => {
      if (!child) throw refuse('connection-lost', {});
      const id = (lastId += 1);
      try {
        return await new Promise<TaskResult>((resolve, reject) => {
          askers.set(id, { resolve, reject });
          send({ kind: 'do', id, task });
        });
      } finally {
        askers.delete(id);
      }
    },
    restart() {
      crashes.forget();
      const old = child;
      child = null;
      old?.kill();
      start();
    },
    async close(limitMs) {
      isClosing = true;
      if (!child) return;
      const closed = new Promise<void>((resolve) => (tellClosed = resolve));
      send({ kind: 'close' });
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([closed, new Promise<void>((resolve) => (timer = setTimeout(resolve, limitMs)))]);
      clearTimeout(timer);
      const old = child;
      child = null;
      old?.kill();
    },
  };
}
