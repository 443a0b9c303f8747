import { describe, expect, test } from 'vitest';
import { orderRuns, runsByCell, shownRun } from '#renderer/features/run/run-order.ts';
import { isQuestionChanged, questionDiff } from '#renderer/features/run/question-change.ts';
import { tabLabels } from '#renderer/features/run/tab-labels.ts';
import type { CellId, RunId } from '#shared/domain/ids.ts';
import { brand } from '#shared/domain/ids.ts';
import type { Effort, ModelChoice } from '#shared/domain/model.ts';
import type { Run } from '#shared/domain/run.ts';
import { completedRun, sampleSentAt } from '../../support/sample-runs.ts';

const by = (model: string, effort: Effort | null): ModelChoice => ({ provider: 'openai', model, effort });
const at = (id: string, minute: number, choice = by('gpt-6.2-sol', 'high')): Run =>
  completedRun({ id: brand<RunId>(id), createdAt: sampleSentAt + minute * 60_000, choice });
const ids = (runs: readonly Run[]): readonly string[] => runs.map((run) => run.id);

describe('the order of a cell’s runs', () => {
  const runs = [at('old', 1), at('new', 3), at('middle', 2)];

  test('is newest first', () => {
    expect(ids(orderRuns(runs, null))).toEqual(['new', 'middle', 'old']);
  });

  test('keeps a pinned run in front of newer ones', () => {
    expect(ids(orderRuns(runs, brand<RunId>('old')))).toEqual(['old', 'new', 'middle']);
  });

  test('shows the first, unless the reader chose another that still exists', () => {
    const ordered = orderRuns(runs, null);
    expect(shownRun(ordered, null)?.id).toBe('new');
    expect(shownRun(ordered, brand<RunId>('old'))?.id).toBe('old');
    expect(shownRun(ordered, brand<RunId>('gone'))?.id).toBe('new');
    expect(shownRun([], null)).toBeNull();
  });

  test('gathers the notebook’s runs by cell', () => {
    const other = completedRun({ id: brand<RunId>('x'), cellId: brand<CellId>('cell-2') });
    const byCell = runsByCell([...runs, other]);
    expect(byCell.get(brand<CellId>('cell-1'))).toHaveLength(3);
    expect(byCell.get(brand<CellId>('cell-2'))).toEqual([other]);
  });
});

describe('tab labels', () => {
  const options = { timeZone: 'UTC', nowMs: sampleSentAt };
  const labels = (...runs: Run[]): readonly string[] =>
    tabLabels(runs, options).map((label) => label.replace(/\u00a0/g, ' '));

  test('name the effort where one model ran', () => {
    expect(labels(at('a', 1), at('b', 2, by('gpt-6.2-sol', 'low')))).toEqual(['high', 'low']);
  });

  test('name the model where several ran at one effort', () => {
    expect(labels(at('a', 1), at('b', 2, by('gpt-6-luna', 'high')))).toEqual(['gpt-6.2-sol', 'gpt-6-luna']);
  });

  test('name both where both differ, and the solver by its name', () => {
    const solver: ModelChoice = { provider: 'solver', model: 'solver', effort: null };
    expect(labels(at('a', 1), at('b', 2, by('gpt-6-luna', 'low')), at('c', 3, solver))).toEqual([
      'gpt-6.2-sol high',
      'gpt-6-luna low',
      'Solver',
    ]);
  });

  test('never leave two neighbours alike', () => {
    expect(labels(at('a', 2), at('b', 1))).toEqual(['high, 13:08', 'high, 13:07']);
  });
});

describe('a question edited after a run', () => {
  const run = completedRun({ question: 'Find the spectrum of $H$.' });

  test('is noticed, but not for space at its ends', () => {
    expect(isQuestionChanged(run, 'Find the spectrum of $H$.\n')).toBe(false);
    expect(isQuestionChanged(run, 'Find the spectrum of $H^2$.')).toBe(true);
  });

  test('is shown word by word, and both texts can be read back from the difference', () => {
    const now = 'Find the full spectrum of $H^2$.';
    const pieces = questionDiff(run.question, now);
    expect(pieces.some((piece) => piece.kind === 'added' && piece.text.includes('full'))).toBe(true);
    const without = (kind: string): string =>
      pieces
        .filter((piece) => piece.kind !== kind)
        .map((piece) => piece.text)
        .join('');
    expect(without('added')).toBe(run.question);
    expect(without('removed')).toBe(now);
  });

  test('is shown as two whole texts when it is very long', () => {
    const long = 'x '.repeat(30_000);
    expect(questionDiff(long, `${long}y`).map((piece) => piece.kind)).toEqual(['removed', 'added']);
  });
});
