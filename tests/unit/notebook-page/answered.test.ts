import { describe, expect, test } from 'vitest';
import { mayRunByHabit, standingOf, unansweredProblems } from '#renderer/features/run/answered.ts';
import { failure } from '#shared/domain/failure.ts';
import { cancelledRun, completedRun, failedRun, queuedRun, runningRun } from '../../support/sample-runs.ts';
import { problemCell } from '../../support/sample-cells.ts';

const question = 'Find the spectrum of $H$.';
const running = runningRun(
  'thinking',
  { firstSignMs: 1, firstThinkingMs: 1, firstTextMs: null },
  { question },
);

describe('Shift+Enter', () => {
  test('runs a question that was never asked', () => {
    expect(mayRunByHabit(question, [])).toBe(true);
  });

  test('does not ask an answered question again', () => {
    expect(mayRunByHabit(question, [completedRun({ question })])).toBe(false);
    expect(mayRunByHabit(`  ${question}\r\n`, [completedRun({ question })])).toBe(false);
  });

  test('asks a changed question, and not one changed back', () => {
    const runs = [completedRun({ question })];
    expect(mayRunByHabit(`${question} In GaAs.`, runs)).toBe(true);
    expect(mayRunByHabit(question, runs)).toBe(false);
  });

  test('asks nothing while an answer is on its way, whatever the question', () => {
    expect(mayRunByHabit('Another?', [running])).toBe(false);
    expect(mayRunByHabit(question, [queuedRun({ question })])).toBe(false);
  });

  test('asks again what failed or was stopped, since that was no answer', () => {
    const failed = failedRun(failure('connection-lost', {}), { question });
    expect(mayRunByHabit(question, [failed])).toBe(true);
    expect(mayRunByHabit(question, [cancelledRun({ question })])).toBe(true);
    expect(mayRunByHabit(question, [failed, completedRun({ question })])).toBe(false);
  });

  test('sends no empty question', () => {
    expect(standingOf(' \n ', [])).toBe('empty');
    expect(mayRunByHabit(' \n ', [])).toBe(false);
  });
});

test('“Run unanswered” leaves out what is answered, under way or empty', () => {
  const problems = ['a', 'b', '', 'd'].map((source, index) => problemCell({ id: `cell-${index}`, source }));
  const runs = new Map([
    ['cell-0', [completedRun({ question: 'a' })]],
    ['cell-3', [{ ...running, question: 'd' }]],
  ]);
  const left = unansweredProblems(problems, (problem) => runs.get(problem.id) ?? []);
  expect(left.map((problem) => problem.id)).toEqual(['cell-1']);
});

test('"Run unanswered" leaves a damaged problem alone', () => {
  const problems = [problemCell({ source: 'Find it.', isDamaged: true })];
  expect(unansweredProblems(problems, () => [])).toEqual([]);
});
