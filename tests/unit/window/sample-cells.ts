import { brand } from '#shared/domain/ids.ts';
import type { CellId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { NoteCell, ProblemCell } from '#shared/domain/cell.ts';
import type { Notebook } from '#shared/domain/notebook.ts';
import type { Run } from '#shared/domain/run.ts';
import { usageNotReported } from '#shared/domain/usage.ts';

export const notebookId = brand<NotebookId>('notebook-1');

export function note(id: string, given: Partial<NoteCell> = {}): NoteCell {
  return {
    id: brand<CellId>(id),
    notebookId,
    kind: 'note',
    orderKey: 'a0',
    source: '',
    revision: 1,
    createdAt: 0,
    updatedAt: 0,
    ...given,
  };
}

export function problem(id: string, given: Partial<ProblemCell> = {}): ProblemCell {
  const { kind: _kind, ...common } = note(id);
  return {
    ...common,
    kind: 'problem',
    answerKey: null,
    domain: null,
    choice: null,
    pinnedRunId: null,
    ...given,
  };
}

export const notebook: Notebook = {
  id: notebookId,
  title: 'Landau levels',
  tags: [],
  macros: {},
  defaultChoice: null,
  revision: 1,
  createdAt: 0,
  updatedAt: 0,
  deletedAt: null,
};

const common = {
  notebookId,
  question: '$1+1$',
  choice: { provider: 'solver', model: 'solver', effort: null },
  request: { endpoint: 'solver', body: null },
  prices: null,
  origin: 'here',
  answer: '',
  thinking: '',
  headings: [],
  receipt: {
    responseId: null,
    requestId: null,
    modelReturned: null,
    serviceTier: null,
    usage: usageNotReported,
    costNanoUsd: null,
    checkedBy: null,
  },
} as const;

export function runningRun(id: string, cellId: string, createdAt = 0, texts: Partial<Run> = {}): Run {
  return {
    ...common,
    id: brand<RunId>(id),
    cellId: brand<CellId>(cellId),
    createdAt,
    answer: texts.answer ?? '',
    thinking: texts.thinking ?? '',
    state: 'running',
    sentAt: createdAt,
    phase: 'writing',
    marks: { firstSignMs: null, firstThinkingMs: null, firstTextMs: null },
  };
}

export function completedRun(id: string, cellId: string, createdAt = 0, answer = '2'): Run {
  return {
    ...common,
    id: brand<RunId>(id),
    cellId: brand<CellId>(cellId),
    createdAt,
    answer,
    state: 'completed',
    sentAt: createdAt,
    endedAt: createdAt + 10,
    times: { waitMs: 1, thinkingMs: 0, writingMs: 9, totalMs: 10 },
    finish: 'stop',
  };
}
