import { describe, expect, test } from 'vitest';
import { totalsOf, totalsPieces } from '#renderer/features/notebook/totals.ts';
import { moveTarget, neighbourOf, selectionAfterRemoval } from '#renderer/features/notebook/cell-order.ts';
import { choiceTrouble, effectiveChoice } from '#renderer/features/notebook/model-choice.ts';
import type { ModelChoice } from '#shared/domain/model.ts';
import { failure } from '#shared/domain/failure.ts';
import { completedRun, emptyReceipt, failedRun, runBase, runningRun } from '../../support/sample-runs.ts';
import { noteCell, problemCell, sampleNotebook } from '../../support/sample-cells.ts';

const plain = (pieces: readonly string[]): string => pieces.join(' · ').replace(/[\u00a0\u202f]/g, ' ');

describe('the notebook’s totals', () => {
  test('add up what its runs took', () => {
    expect(plain(totalsPieces(23, totalsOf([completedRun(), completedRun()])))).toBe(
      '23 cells · 2 runs · 5 min 02 s thought · 24 960 reasoning tokens · $0.26',
    );
  });

  test('say “at least” when something is unknown, which never counts as 0', () => {
    const unknown = completedRun({ receipt: emptyReceipt });
    expect(plain(totalsPieces(1, totalsOf([completedRun(), unknown])))).toBe(
      '1 cell · 2 runs · 5 min 02 s thought · at least 12 480 reasoning tokens · at least $0.13',
    );
  });

  test('leave out a figure nobody knows', () => {
    const unknown = completedRun({ receipt: emptyReceipt });
    expect(plain(totalsPieces(1, totalsOf([unknown])))).toBe('1 cell · 1 run · 2 min 31 s thought');
  });

  test('do not count recorded examples, runs under way, or requests never sent', () => {
    const runs = [
      completedRun({ origin: 'recorded' }),
      runningRun('thinking', { firstSignMs: 1, firstThinkingMs: 1, firstTextMs: null }),
      failedRun(failure('key-missing', { provider: 'openai' }), {}, { sentAt: null }),
    ];
    expect(totalsPieces(2, totalsOf(runs))).toEqual(['2 cells']);
  });

  test('are not made uncertain by the solver, which reports no tokens', () => {
    const solver = completedRun({
      choice: { provider: 'solver', model: 'solver', effort: null },
      receipt: { ...emptyReceipt, costNanoUsd: 0 },
    });
    expect(totalsOf([solver, completedRun()]).reasoningTokens.isAtLeast).toBe(false);
    expect(runBase().receipt.usage.reasoningTokens).toBe(12_480);
  });
});

describe('cells in order', () => {
  const cells = ['a', 'b', 'c'].map((id) => noteCell({ id }));
  const [a, b, c] = cells.map((cell) => cell.id);

  test('know their neighbours', () => {
    expect(b && neighbourOf(cells, b, 1)).toBe(c);
    expect(a && neighbourOf(cells, a, -1)).toBeNull();
  });

  test('leave the selection on the next cell when one is deleted, on the last at the end', () => {
    expect(b && selectionAfterRemoval(cells, b)).toBe(c);
    expect(c && selectionAfterRemoval(cells, c)).toBe(b);
    expect(a && selectionAfterRemoval(cells.slice(0, 1), a)).toBeNull();
  });

  test('move up and down by one, and not past the ends', () => {
    expect(c && moveTarget(cells, c, -1)).toBe(a);
    expect(b && moveTarget(cells, b, -1)).toBeNull();
    expect(b && moveTarget(cells, b, 1)).toBe(c);
    expect(a && moveTarget(cells, a, -1)).toBeUndefined();
    expect(c && moveTarget(cells, c, 1)).toBeUndefined();
  });
});

describe('what a problem would be run with', () => {
  const library: ModelChoice = { provider: 'solver', model: 'solver', effort: null };
  const notebook: ModelChoice = { provider: 'compatible', model: 'qwen', effort: null };
  const own: ModelChoice = { provider: 'openai', model: 'gpt-6.2-sol', effort: 'high' };

  test('is its own choice, else the notebook’s, else the library’s', () => {
    expect(effectiveChoice(problemCell({ choice: own }), sampleNotebook(), library)).toBe(own);
    expect(effectiveChoice(problemCell(), sampleNotebook({ defaultChoice: notebook }), library)).toBe(
      notebook,
    );
    expect(effectiveChoice(problemCell(), sampleNotebook(), library)).toBe(library);
  });

  test('says beforehand what stands in the way', () => {
    const facts = { model: null, hasKey: true, hasAddress: true };
    expect(choiceTrouble(own, facts)).toBeNull();
    expect(choiceTrouble(own, { ...facts, hasKey: false })).toEqual({ kind: 'no-key' });
    expect(choiceTrouble(notebook, { ...facts, hasKey: false })).toBeNull();
    expect(choiceTrouble(notebook, { ...facts, hasAddress: false })).toEqual({ kind: 'no-address' });
    expect(choiceTrouble({ ...own, model: '' }, facts)).toEqual({ kind: 'no-model' });
    expect(choiceTrouble(library, { model: null, hasKey: false, hasAddress: false })).toBeNull();
  });

  test('says nothing about a key it does not know of yet', () => {
    expect(choiceTrouble(own, { model: null, hasKey: null, hasAddress: null })).toBeNull();
  });

  test('names the successor of a retired model', () => {
    const model = {
      id: 'o1',
      provider: 'openai',
      isReasoning: true,
      efforts: [],
      defaultEffort: null,
      contextWindowTokens: null,
      maxOutputTokens: null,
      prices: null,
      shutdownDate: '2026-10-23',
      isRetired: true,
      successor: 'gpt-6.2-sol',
      hasSummaries: null,
    } as const;
    expect(choiceTrouble(own, { model, hasKey: true, hasAddress: null })).toEqual({
      kind: 'retired',
      successor: 'gpt-6.2-sol',
    });
  });
});
