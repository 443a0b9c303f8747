import type { Macros } from '../domain/notebook.ts';
import type { FromWorker, ToWorker } from './protocol.ts';
import { sourceBlock } from './source-block.ts';
import type {
  FormulaRequest,
  MarkupOutput,
  RenderedBlock,
  RenderedDocument,
  RenderOptions,
} from './types.ts';
import { createWatch } from './watch.ts';

/** A running worker, whatever kind it is. */
export interface WorkerHandle {
  post(message: ToWorker): void;
  terminate(): void;
}

export interface WorkerEvents {
  onMessage(message: FromWorker): void;
  /** It could not start, or died. */
  onError(error: Error): void;
}

export interface MarkupHostOptions {
  readonly startWorker: (events: WorkerEvents) => WorkerHandle;
  /** For one block, and for one formula when looking for the slow one. Default 500 ms. */
  readonly deadlineMs?: number;
}

/** Renders in a worker that is killed, and started again, when a block takes too long. */
export interface MarkupHost {
  renderDocument(source: string, options: RenderOptions, signal?: AbortSignalLike): Promise<RenderedDocument>;
  openStream(options: RenderOptions): MarkupStream;
  close(): void;
}

export interface MarkupStream {
  /** Resolves with all blocks of the text so far. Call it again only after it resolved. */
  append(text: string): Promise<readonly RenderedBlock[]>;
  close(): void;
}

/** The part of an AbortSignal that is used; shared code knows neither DOM nor Node. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
}

const defaultDeadlineMs = 500;
/** One job may cost this many workers; then all of it is shown as source. */
const restartLimit = 12;
/** A worker that dies this often without having done anything will not get better. */
const failureLimit = 3;

interface Stream {
  readonly id: number;
  readonly macros: Macros;
  readonly output: MarkupOutput;
  text: string;
  blocks: readonly RenderedBlock[];
  /** Characters of `text` that the worker of `generation` has. */
  sentChars: number;
  generation: number;
  /** Text that could not be rendered in time is shown as it is from then on. */
  isPlain: boolean;
}

type Job = {
  readonly id: number;
  restarts: number;
  isCareful: boolean;
  block: string | null;
  formula: FormulaRequest | null;
  readonly reject: (error: unknown) => void;
} & (
  | {
      readonly kind: 'document';
      readonly source: string;
      readonly macros: Macros;
      readonly output: MarkupOutput;
      readonly resolve: (document: RenderedDocument) => void;
    }
  | {
      readonly kind: 'stream';
      readonly stream: Stream;
      readonly resolve: (blocks: readonly RenderedBlock[]) => void;
    }
);

export function createMarkupHost(options: MarkupHostOptions): MarkupHost {
  const queue: Job[] = [];
  const condemned: ToWorker[] = [];
  const watch = createWatch(options.deadlineMs ?? defaultDeadlineMs, onDeadline);
  let worker: WorkerHandle | null = null;
  let generation = 0;
  let failures = 0;
  let current: Job | null = null;
  let lastId = 0;
  let isClosed = false;

  function liveWorker(): WorkerHandle {
    if (worker) return worker;
    generation += 1;
    const own = generation;
    const started = options.startWorker({
      onMessage: (message) => {
        if (own === generation) onMessage(message);
      },
      onError: (error) => {
        if (own === generation) onWorkerError(error);
      },
    });
    for (const message of condemned) started.post(message);
    worker = started;
    return started;
  }

  function stopWorker(): void {
    worker?.terminate();
    worker = null;
  }

  function pump(): void {
    if (current || isClosed) return;
    const job = queue.shift();
    if (!job) return;
    current = job;
    [job.block, job.formula] = [null, null];
    const live = liveWorker();
    watch.beginJob(job.kind === 'document' ? job.source.length : job.stream.text.length);
    live.post(messageFor(job));
  }

  function messageFor(job: Job): ToWorker {
    const { id: jobId, isCareful } = job;
    if (job.kind === 'document') {
      const { source, macros, output } = job;
      return { type: 'document', jobId, source, macros, output, isCareful };
    }
    const { stream } = job;
    const isFirst = stream.generation !== generation;
    const text = isFirst ? stream.text : stream.text.slice(stream.sentChars);
    [stream.generation, stream.sentChars] = [generation, stream.text.length];
    const { macros, output } = stream;
    return { type: 'append', jobId, streamId: stream.id, isFirst, text, macros, output, isCareful };
  }

  function end(): void {
    watch.stop();
    current = null;
    pump();
  }

  function onMessage(message: FromWorker): void {
    if (message.type === 'ready') return;
    const job = current;
    if (!job || message.jobId !== job.id) return;
    if (message.type === 'started' || message.type === 'parsed') watch.moveOn(message.type);
    else if (message.type === 'block') {
      job.block = message.source;
      job.formula = null;
      watch.moveOn('block');
    } else if (message.type === 'formula') {
      job.formula = message.formula;
      watch.moveOn('formula');
    } else if (message.type === 'failed') {
      end();
      job.reject(new Error(`Markup failed: ${message.reason}`));
    } else {
      failures = 0;
      if (message.type === 'document' && job.kind === 'document') job.resolve(message.document);
      if (message.type === 'appended' && job.kind === 'stream') {
        const { stream } = job;
        stream.blocks = [...stream.blocks.slice(0, message.from), ...message.blocks];
        job.resolve(stream.blocks);
      }
      end();
    }
  }

  function onWorkerError(error: Error): void {
    stopWorker();
    const job = current;
    watch.stop();
    current = null;
    failures += 1;
    if (job && failures <= failureLimit) queue.unshift(job);
    else job?.reject(error);
    pump();
  }

  /** The job did not move on in time: find out what holds it, and do without that. */
  function onDeadline(): void {
    const job = current;
    if (!job) return;
    stopWorker();
    current = null;
    job.restarts += 1;
    if (job.isCareful && job.formula) condemn({ type: 'condemn-formula', formula: job.formula });
    else if (job.isCareful && job.block !== null && job.kind === 'document') {
      condemn({ type: 'condemn-block', source: job.block });
    } else if (job.isCareful) job.restarts = restartLimit;
    job.isCareful = true;
    if (job.restarts < restartLimit) queue.unshift(job);
    else giveUp(job);
    pump();
  }

  function condemn(message: ToWorker): void {
    condemned.push(message);
  }

  function giveUp(job: Job): void {
    if (job.kind === 'document') job.resolve({ blocks: [sourceBlock(job.source, 0)], headings: [] });
    else {
      job.stream.isPlain = true;
      job.stream.blocks = [sourceBlock(job.stream.text, 0)];
      job.resolve(job.stream.blocks);
    }
  }

  function newJob(): Pick<Job, 'id' | 'restarts' | 'isCareful' | 'block' | 'formula'> {
    lastId += 1;
    return { id: lastId, restarts: 0, isCareful: false, block: null, formula: null };
  }

  function openStream({ macros, output }: RenderOptions): MarkupStream {
    lastId += 1;
    const stream: Stream = {
      ...{ id: lastId, macros, output: output ?? 'screen', text: '', blocks: [] },
      ...{ sentChars: 0, generation: -1, isPlain: false },
    };
    return {
      append(text) {
        stream.text += text;
        if (stream.isPlain) {
          stream.blocks = [sourceBlock(stream.text, 0)];
          return Promise.resolve(stream.blocks);
        }
        return new Promise((resolve, reject) => {
          queue.push({ ...newJob(), kind: 'stream', stream, resolve, reject });
          pump();
        });
      },
      close() {
        if (stream.generation === generation) worker?.post({ type: 'close-stream', streamId: stream.id });
      },
    };
  }

  return {
    renderDocument: (source, { macros, output }, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) throw signal.reason;
        const job: Job = {
          ...newJob(),
          ...{ kind: 'document', source, macros, output: output ?? 'screen', resolve, reject },
        };
        queue.push(job);
        signal?.addEventListener(
          'abort',
          () => {
            const at = queue.indexOf(job);
            if (at >= 0) queue.splice(at, 1);
            reject(signal.reason);
          },
          { once: true },
        );
        pump();
      }),
    openStream,
    close() {
      isClosed = true;
      watch.stop();
      stopWorker();
      const closed = new Error('Markup was closed');
      for (const job of [...queue.splice(0), ...(current ? [current] : [])]) job.reject(closed);
      current = null;
    },
  };
}
