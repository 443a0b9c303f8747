import type { ProblemCell } from '#shared/domain/cell.ts';
import { newId } from '#shared/domain/ids.ts';
import type { RunId } from '#shared/domain/ids.ts';
import { costNanoUsd } from '#shared/domain/money.ts';
import type { PriceList } from '#shared/domain/money.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Usage } from '#shared/domain/usage.ts';
import { recordedAnswer } from './welcome-text.ts';

const model = 'scripted-example';

const usage: Usage = {
  inputTokens: 148,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 2_316,
  reasoningTokens: 1_792,
};

/** The example's own prices, in the range of a large reasoning model's. */
const prices: PriceList = {
  inputUsd: 2,
  cachedInputUsd: 0.1,
  cacheWriteUsd: null,
  outputUsd: 10,
  longContext: null,
  readDate: '2026-11-23',
};

const thinking = `**Reading the boundary condition**

The infinite wall makes the wave function vanish at the origin. 

**Selecting the odd eigenfunctions**

Of the oscillator’s eigenfunctions only the odd ones do, so n = 2k + 1. 

**Checking the normalisation**

Half the norm of each lies on either side, which gives the factor √2.`;

/**
 * A run recorded on 23 November 2026 against the model server of our tests, scripted to wait 1.2 s,
 * think 38.6 s and write 9.4 s; the times are those our clock then measured.
 */
export function recordedRun({ id: cellId, notebookId, source: question }: ProblemCell): Run {
  return {
    id: newId<RunId>(),
    notebookId,
    cellId,
    question,
    choice: { provider: 'openai', model, effort: 'high' },
    request: {
      endpoint: 'POST http://127.0.0.1:34279/v1/responses',
      body: {
        model,
        input: question,
        reasoning: { effort: 'high', summary: 'auto' },
        stream: true,
        stream_options: { include_obfuscation: false },
        store: false,
      },
    },
    prices,
    createdAt: 1_795_447_131_660,
    origin: 'recorded',
    answer: recordedAnswer,
    thinking,
    headings: [
      { atMs: 7655, text: 'Reading the boundary condition' },
      { atMs: 20523, text: 'Selecting the odd eigenfunctions' },
      { atMs: 33390, text: 'Checking the normalisation' },
    ],
    receipt: {
      responseId: 'resp_a6c494f401834aaf881bd5e350d5104e',
      requestId: 'req_7322c64a-07d4-46bb-ad38-c192326fd929',
      modelReturned: model,
      serviceTier: 'default',
      usage,
      costNanoUsd: costNanoUsd(usage, prices),
      checkedBy: null,
    },
    state: 'completed',
    sentAt: 1795447131665,
    endedAt: 1795447181113,
    times: { waitMs: 1223, thinkingMs: 38612, writingMs: 9402, totalMs: 49237 },
    finish: 'stop',
  };
}
