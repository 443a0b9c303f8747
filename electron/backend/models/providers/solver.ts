import { Worker } from 'node:worker_threads';
import { AppError, refuse } from '#shared/domain/failure.ts';
import type { ModelInfo } from '#shared/domain/model.ts';
import type { RunRequest } from '#shared/domain/run.ts';
import { z } from 'zod';
import { workerUrl } from '../../worker-url.ts';
import type { Provider, ProviderEvent } from './provider.ts';
import { checkLimits } from './solver/limits.ts';
import { readQuestion } from './solver/read-question.ts';
import { verbs } from './solver/task.ts';
import type { SolverNews, SolverReply, SolverTask } from './solver/task.ts';

const defaultTimeLimitMs = 10_000;

const taskSchema: z.ZodType<SolverTask> = z.object({
  verb: z.enum(verbs).nullable(),
  latex: z.string(),
  variable: z.string().nullable(),
});

/** The built-in solver as the chooser shows it. It costs nothing and takes no effort setting. */
export const solverModel: ModelInfo = {
  id: 'solver',
  provider: 'solver',
  isReasoning: false,
  efforts: [],
  defaultEffort: null,
  contextWindowTokens: null,
  maxOutputTokens: null,
  prices: null,
  shutdownDate: null,
  isRetired: false,
  successor: null,
  hasSummaries: false,
};

/**
 * The built-in solver: symbolic algebra in a worker that is ended when it runs past its time, each
 * result checked by our own arithmetic before it is shown. Needs no network.
 */
export function createSolver({ timeLimitMs = defaultTimeLimitMs } = {}): Provider & {
  close(): Promise<void>;
} {
  const worker = createSolverWorker(timeLimitMs);
  return {
    kind: 'solver',
    prepare: ({ question }) => {
      const task = readQuestion(question);
      checkLimits(task.latex);
      return { endpoint: 'solver', body: { ...task } };
    },
    send: (request, signal) => answer(request, signal, worker.solve),
    listModels: () => Promise.resolve([solverModel]),
    close: worker.close,
  };
}

async function* answer(
  request: RunRequest,
  signal: AbortSignal,
  solve: (task: SolverTask, signal: AbortSignal) => Promise<SolverReply>,
): AsyncGenerator<ProviderEvent, void, undefined> {
  const task = taskSchema.parse(request.body);
  yield { type: 'sent' };
  yield { type: 'accepted', responseId: null, requestId: null, model: 'solver' };
  yield { type: 'thinking', text: '' };
  const reply = await solve(task, signal);
  if (reply.type === 'failure') throw new AppError(reply.failure);
  yield { type: 'text', text: reply.answer };
  yield { type: 'checked', by: reply.checkedBy };
  yield { type: 'done', finish: 'stop', model: 'solver', serviceTier: null };
}

interface SolverWorker {
  solve(task: SolverTask, signal: AbortSignal): Promise<SolverReply>;
  close(): Promise<void>;
}

/** One worker, one task at a time: started on first use, ended with the task that outstays its time. */
function createSolverWorker(timeLimitMs: number): SolverWorker {
  let worker: Worker | null = null;
  let queue: Promise<unknown> = Promise.resolve();

  const end = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  };

  const runTask = async (task: SolverTask, signal: AbortSignal): Promise<SolverReply> => {
    signal.throwIfAborted();
    const current = (worker ??= startWorker());
    try {
      return await replyFrom(current, task, signal, timeLimitMs);
    } catch (error) {
      // Whatever went wrong, this worker is busy, gone or in an unknown state.
      await end();
      throw error;
    }
  };

  return {
    solve: (task, signal) => {
      const result = queue.then(() => runTask(task, signal));
      queue = result.catch(() => undefined);
      return result;
    },
    close: end,
  };
}

function startWorker(): Worker {
  const worker = new Worker(workerUrl('solver-worker'), { resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  // An idle solver must not keep a finished command from ending.
  worker.unref();
  return worker;
}

function replyFrom(
  worker: Worker,
  task: SolverTask,
  signal: AbortSignal,
  timeLimitMs: number,
): Promise<SolverReply> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      worker.off('message', onReply);
      worker.off('error', onError);
      worker.off('exit', onExit);
      worker.unref();
      finish();
    };
    let timer: NodeJS.Timeout | undefined;
    const outOfTime = (): void =>
      settle(() => reject(refuse('solver-timed-out', { limitSeconds: Math.round(timeLimitMs / 1000) })));
    const onAbort = (): void => settle(() => reject(new Error('The run was stopped')));
    const onReply = (reply: SolverNews): void => {
      // Loading the engine takes a while on a busy machine, and is not the formula's fault.
      if (reply.type === 'begun') timer = setTimeout(outOfTime, timeLimitMs);
      else settle(() => resolve(reply));
    };
    const onError = (error: unknown): void => settle(() => reject(outOfMemory(error) ?? error));
    const onExit = (): void => settle(() => reject(new Error('The solver ended without a reply')));
    signal.addEventListener('abort', onAbort);
    worker.on('message', onReply);
    worker.on('error', onError);
    worker.on('exit', onExit);
    worker.ref();
    worker.postMessage(task);
  });
}

function outOfMemory(error: unknown): AppError | null {
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? refuse('solver-too-large', { limit: 'the memory it may use' }) : null;
}
