import type { CellId, NotebookId, RunId } from '#shared/domain/ids.ts';
import { brand } from '#shared/domain/ids.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { FinishReason, Run, RunMarks, RunPhase, RunReceipt } from '#shared/domain/run.ts';
import type { RunTimes, UtcMs } from '#shared/domain/time.ts';
import { usageNotReported } from '#shared/domain/usage.ts';

/** 22 November 2026, 13:06:00 UTC. */
export const sampleSentAt: UtcMs = Date.UTC(2026, 10, 22, 13, 6);

export type RunBase = Pick<
  Run,
  | 'id'
  | 'notebookId'
  | 'cellId'
  | 'question'
  | 'choice'
  | 'request'
  | 'prices'
  | 'createdAt'
  | 'origin'
  | 'answer'
  | 'thinking'
  | 'headings'
  | 'receipt'
>;

const receipt: RunReceipt = {
  responseId: 'resp_1',
  requestId: 'req_1',
  modelReturned: 'gpt-6.2-sol',
  serviceTier: 'default',
  usage: {
    inputTokens: 1_240,
    cachedInputTokens: 0,
    cacheWriteTokens: null,
    outputTokens: 13_120,
    reasoningTokens: 12_480,
  },
  costNanoUsd: 131_000_000,
  checkedBy: null,
};

/** What every sample run has in common; `changes` replace whole fields. */
export function runBase(changes: Partial<RunBase> = {}): RunBase {
  return {
    id: brand<RunId>('run-1'),
    notebookId: brand<NotebookId>('notebook-1'),
    cellId: brand<CellId>('cell-1'),
    question: 'Find the spectrum of $H$.',
    choice: { provider: 'openai', model: 'gpt-6.2-sol', effort: 'high' },
    request: { endpoint: 'POST https://api.openai.com/v1/responses', body: { model: 'gpt-6.2-sol' } },
    prices: null,
    createdAt: sampleSentAt,
    origin: 'here',
    answer: 'The spectrum is $E_n = \\hbar\\omega_c(n+\\tfrac12)$.',
    thinking: '',
    headings: [],
    receipt,
    ...changes,
  };
}

export const sampleTimes: RunTimes = {
  waitMs: 1_200,
  thinkingMs: 151_000,
  writingMs: 10_800,
  totalMs: 163_000,
};

export function completedRun(
  changes: Partial<RunBase> = {},
  ended: { times?: RunTimes; finish?: FinishReason } = {},
): Run {
  const times = ended.times ?? sampleTimes;
  return {
    ...runBase(changes),
    state: 'completed',
    sentAt: sampleSentAt,
    endedAt: sampleSentAt + (times.totalMs ?? 0),
    times,
    finish: ended.finish ?? 'stop',
  };
}

export function runningRun(phase: RunPhase, marks: RunMarks, changes: Partial<RunBase> = {}): Run {
  return {
    ...runBase({ answer: '', receipt: emptyReceipt, ...changes }),
    state: 'running',
    sentAt: sampleSentAt,
    phase,
    marks,
  };
}

export function queuedRun(changes: Partial<RunBase> = {}): Run {
  return { ...runBase({ answer: '', receipt: emptyReceipt, ...changes }), state: 'queued' };
}

export function failedRun(
  failure: Failure,
  changes: Partial<RunBase> = {},
  ended: { sentAt?: UtcMs | null; times?: RunTimes; state?: 'failed' | 'interrupted' } = {},
): Run {
  return {
    ...runBase({ receipt: emptyReceipt, ...changes }),
    state: ended.state ?? 'failed',
    sentAt: ended.sentAt === undefined ? sampleSentAt : ended.sentAt,
    endedAt: sampleSentAt + 400,
    times: ended.times ?? { waitMs: 400, thinkingMs: null, writingMs: null, totalMs: 400 },
    failure,
  };
}

export function cancelledRun(
  changes: Partial<RunBase> = {},
  ended: { sentAt?: UtcMs | null; times?: RunTimes } = {},
): Run {
  return {
    ...runBase({ receipt: emptyReceipt, ...changes }),
    state: 'cancelled',
    sentAt: ended.sentAt === undefined ? sampleSentAt : ended.sentAt,
    endedAt: sampleSentAt + 5_000,
    times: ended.times ?? { waitMs: 1_000, thinkingMs: 4_000, writingMs: 0, totalMs: 5_000 },
  };
}

export const emptyReceipt: RunReceipt = {
  responseId: null,
  requestId: null,
  modelReturned: null,
  serviceTier: null,
  usage: usageNotReported,
  costNanoUsd: null,
  checkedBy: null,
};
