import type { Notebook } from '#shared/domain/notebook.ts';
import type { ProblemCell } from '#shared/domain/cell.ts';
import { brand, newId } from '#shared/domain/ids.ts';
import type { ClientId, RunId } from '#shared/domain/ids.ts';
import { costNanoUsd } from '#shared/domain/money.ts';
import type { PriceList } from '#shared/domain/money.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Usage } from '#shared/domain/usage.ts';
import { readMarkdownNotebook } from '../exchange/index.ts';
import type { Rooms } from '../rooms.ts';
import { recordedAnswer, recordedProblem, recordedThinking, welcomeMarkdown } from './welcome-text.ts';

/** Puts the Welcome notebook into a library that never held a notebook. */
export function addWelcome({ notebooks, runs }: Pick<Rooms, 'notebooks' | 'runs'>): void {
  if (notebooks.list().length > 0 || notebooks.listTrash().length > 0) return;
  const draft = readMarkdownNotebook('welcome.md', new TextEncoder().encode(welcomeMarkdown));
  const notebook = notebooks.importNotebook(brand<ClientId>('welcome'), draft);
  const problems = notebooks.cellsOf(notebook.id).filter((cell) => cell.kind === 'problem');
  const answered = problems[recordedProblem];
  if (answered) runs.addRecorded(recordedRun(notebook, answered));
}

const recordedUsage: Usage = {
  inputTokens: 148,
  cachedInputTokens: 0,
  cacheWriteTokens: null,
  outputTokens: 2_316,
  reasoningTokens: 1_792,
};

/** The script's own prices, in the range of a large reasoning model's. */
const recordedPrices: PriceList = {
  inputUsd: 2,
  cachedInputUsd: 0.1,
  cacheWriteUsd: null,
  outputUsd: 10,
  longContext: null,
  readDate: '2026-11-22',
};

/** What the scripted server was told to take, and took. */
const recordedTimes = { waitMs: 1_204, thinkingMs: 38_610, writingMs: 9_380, totalMs: 49_194 };
const recordedAt = Date.UTC(2026, 10, 22, 14, 6, 0);

function recordedRun(notebook: Notebook, cell: ProblemCell): Run {
  return {
    id: newId<RunId>(),
    notebookId: notebook.id,
    cellId: cell.id,
    question: cell.source,
    choice: { provider: 'compatible', model: 'scripted-example', effort: 'high' },
    request: {
      endpoint: 'POST http://127.0.0.1/v1/responses',
      body: {
        model: 'scripted-example',
        input: cell.source,
        reasoning: { effort: 'high', summary: 'auto' },
        stream: true,
      },
    },
    prices: recordedPrices,
    createdAt: recordedAt,
    origin: 'recorded',
    answer: recordedAnswer,
    thinking: recordedThinking,
    headings: [
      { atMs: 1_204, text: 'Reading the boundary condition' },
      { atMs: 14_870, text: 'Selecting the odd eigenfunctions' },
      { atMs: 29_310, text: 'Checking the normalisation' },
    ],
    receipt: {
      responseId: null,
      requestId: null,
      modelReturned: 'scripted-example',
      serviceTier: null,
      usage: recordedUsage,
      costNanoUsd: costNanoUsd(recordedUsage, recordedPrices),
      checkedBy: null,
    },
    state: 'completed',
    sentAt: recordedAt,
    endedAt: recordedAt + recordedTimes.totalMs,
    times: recordedTimes,
    finish: 'stop',
  };
}
