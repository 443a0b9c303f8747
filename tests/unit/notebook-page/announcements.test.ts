import { describe, expect, test } from 'vitest';
import { announcementsBetween } from '#renderer/features/notebook/announcements.ts';
import { countParagraphs, newestThought } from '#renderer/features/run/thinking-line.ts';
import type { OpenNotebook } from '#renderer/workspace/open-notebook.ts';
import { openedWith } from '#renderer/workspace/open-notebook.ts';
import { failure } from '#shared/domain/failure.ts';
import type { Run } from '#shared/domain/run.ts';
import { cancelledRun, completedRun, failedRun, runningRun } from '../../support/sample-runs.ts';
import { problemCell, sampleNotebook } from '../../support/sample-cells.ts';

const marks = { firstSignMs: 1, firstThinkingMs: 1, firstTextMs: null };
const withRuns = (...runs: Run[]): OpenNotebook =>
  openedWith({ notebook: sampleNotebook(), cells: [problemCell()], runs });
const heard = (before: Run[], after: Run[]): readonly string[] =>
  announcementsBetween(withRuns(...before), withRuns(...after));

describe('what a screen reader hears', () => {
  const running = runningRun('writing', marks);

  test('is that an answer is complete, and its length', () => {
    const answer = 'One.\n\n$$\nx = 1\n$$\n\nThree.';
    expect(heard([running], [completedRun({ answer })])).toEqual(['Answer complete, 3 paragraphs']);
  });

  test('is that an answer is incomplete, when it is', () => {
    const cut = completedRun({ answer: 'One.' }, { finish: 'length' });
    expect(heard([running], [cut])[0]).toBe(
      'Answer complete, 1 paragraph. The answer reached the length limit and is incomplete.',
    );
  });

  test('is that a run failed and why, or was stopped', () => {
    const failed = failedRun(failure('quota-exhausted', { provider: 'openai', message: '' }));
    expect(heard([running], [failed])[0]).toMatch(/^Run failed\. The account/);
    expect(heard([running], [cancelledRun()])).toEqual(['Run stopped']);
  });

  test('is nothing while an answer grows, nor of runs that were there already', () => {
    expect(heard([running], [runningRun('writing', marks, { answer: 'more' })])).toEqual([]);
    expect(heard([], [completedRun()])).toEqual([]);
    expect(heard([completedRun()], [completedRun({ answer: 'amended' })])).toEqual([]);
  });
});

test('paragraphs are counted by empty lines, and empty ones not at all', () => {
  expect(countParagraphs('')).toBe(0);
  expect(countParagraphs('One\nstill one\n\n \n\nTwo\n')).toBe(2);
});

describe('the thinking line', () => {
  test('shows the newest heading', () => {
    const headings = [
      { atMs: 1, text: 'Choosing a gauge' },
      { atMs: 2, text: 'Counting states' },
    ];
    expect(newestThought(runningRun('thinking', marks, { headings }), 'raw thought')).toBe('Counting states');
  });

  test('without headings shows the end of the last line thought, cut at a word', () => {
    const run = runningRun('thinking', marks);
    expect(newestThought(run, '')).toBeNull();
    expect(newestThought(run, 'first\n\nThen the second.\n')).toBe('Then the second.');
    const long = newestThought(run, `${'word '.repeat(40)}end`) ?? '';
    expect(long).toMatch(/^… word .*end$/);
    expect(long.length).toBeLessThan(82);
  });
});
