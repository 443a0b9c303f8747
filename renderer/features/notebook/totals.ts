import type { Run } from '#shared/domain/run.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { formatDuration, formatTokens, formatTotalCost } from '#shared/scholium/index.ts';
import { pageWords } from '#shared/messages/page.ts';

/** A sum together with whether something that belongs to it is not known. */
export interface Total {
  readonly sum: number;
  readonly isAtLeast: boolean;
  /** How many values were known; 0 means there is nothing to say. */
  readonly known: number;
}

export interface NotebookTotals {
  readonly runs: number;
  readonly thinkingMs: Total;
  readonly reasoningTokens: Total;
  readonly costNanoUsd: Total;
}

/** What a notebook's ended runs took together; the recorded examples cost the user nothing and are left out. */
export function totalsOf(runs: readonly Run[]): NotebookTotals {
  const counted = runs.filter((run) => run.origin === 'here' && hasEnded(run) && run.sentAt !== null);
  // The solver thinks and spends nothing that was not reported.
  const byModels = counted.filter((run) => run.choice.provider !== 'solver');
  return {
    runs: counted.length,
    thinkingMs: sumOf(byModels.map((run) => (hasEnded(run) ? run.times.thinkingMs : null))),
    reasoningTokens: sumOf(byModels.map((run) => run.receipt.usage.reasoningTokens)),
    costNanoUsd: sumOf(byModels.map((run) => run.receipt.costNanoUsd)),
  };
}

function sumOf(values: readonly (number | null)[]): Total {
  let sum = 0;
  let known = 0;
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    known += 1;
  }
  return { sum, known, isAtLeast: known < values.length };
}

/** `23 cells · 9 runs · 41 min 20 s thought · 71 400 reasoning tokens · $0.86`, in its pieces. */
export function totalsPieces(cells: number, totals: NotebookTotals): readonly string[] {
  const pieces = cells === 0 ? [] : [pageWords.cells(cells)];
  if (totals.runs > 0) pieces.push(pageWords.runs(totals.runs));
  const add = (total: Total, say: (figure: string) => string, format: (sum: number) => string): void => {
    // "At least nothing" says nothing.
    if (total.known === 0 || (total.sum === 0 && total.isAtLeast)) return;
    const figure = format(total.sum);
    pieces.push(say(total.isAtLeast ? pageWords.atLeast(figure) : figure));
  };
  add(totals.thinkingMs, pageWords.thought, formatDuration);
  add(totals.reasoningTokens, pageWords.reasoningTokens, formatTokens);
  add(totals.costNanoUsd, (figure) => figure, formatTotalCost);
  return pieces;
}
