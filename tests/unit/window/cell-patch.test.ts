import { describe, expect, test } from 'vitest';
import { applyPatch, mergePatch } from '#renderer/workspace/cell-patch.ts';
import { note, problem } from './sample-cells.ts';

describe('two windows on one cell', () => {
  const base = problem('c', { source: 'old', domain: 'mechanics' });

  test('what only this window changed goes on top of theirs', () => {
    const theirs = problem('c', { source: 'old', domain: 'optics', revision: 2 });
    expect(mergePatch(base, theirs, { source: 'mine' })).toEqual({
      kind: 'rebase',
      patch: { source: 'mine' },
    });
  });

  test('the same text typed in both is no conflict', () => {
    const theirs = problem('c', { source: 'same', revision: 2 });
    expect(mergePatch(base, theirs, { source: 'same' })).toEqual({ kind: 'contained' });
  });

  test('different text typed in both is a conflict, never an overwrite', () => {
    const theirs = problem('c', { source: 'theirs', revision: 2 });
    expect(mergePatch(base, theirs, { source: 'mine' })).toEqual({ kind: 'conflict' });
  });

  test('a different answer key typed in both is a conflict', () => {
    const theirs = problem('c', { source: 'old', answerKey: '42', revision: 2 });
    expect(mergePatch(base, theirs, { answerKey: '43' })).toEqual({ kind: 'conflict' });
  });

  test('a choice made by a click is made again on top of theirs', () => {
    const choice = { provider: 'solver', model: 'solver', effort: null } as const;
    const theirs = problem('c', { choice: { ...choice, model: 'other' }, revision: 2 });
    expect(mergePatch(base, theirs, { choice })).toEqual({ kind: 'rebase', patch: { choice } });
  });

  test('choices are compared by what they say', () => {
    const choice = { provider: 'solver', model: 'solver', effort: null } as const;
    const theirs = problem('c', { choice: { ...choice }, revision: 2 });
    expect(mergePatch(base, theirs, { choice })).toEqual({ kind: 'contained' });
  });
});

describe('the cell as it is shown', () => {
  test('a note turned into a problem has a key and a domain to fill in', () => {
    expect(applyPatch(note('c', { source: 'x' }), { kind: 'problem' })).toMatchObject({
      kind: 'problem',
      source: 'x',
      answerKey: null,
      domain: null,
    });
  });

  test('a problem turned into a note keeps its text', () => {
    const shown = applyPatch(problem('c', { source: 'x', answerKey: '1' }), { kind: 'note' });
    expect(shown).toMatchObject({ kind: 'note', source: 'x' });
    expect(shown).not.toHaveProperty('answerKey');
  });

  test('a key can be emptied', () => {
    expect(applyPatch(problem('c', { answerKey: '1' }), { answerKey: null })).toMatchObject({
      answerKey: null,
    });
  });
});
