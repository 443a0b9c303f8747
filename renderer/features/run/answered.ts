import type { ProblemCell } from '#shared/domain/cell.ts';
import type { Run } from '#shared/domain/run.ts';
import { hasEnded } from '#shared/domain/run.ts';

/** True when both ask the same: space at the ends and line endings change no question. */
export function isSameQuestion(one: string, other: string): boolean {
  return normalised(one) === normalised(other);
}

const normalised = (question: string): string => question.replace(/\r\n?/g, '\n').trim();

/**
 * Where a problem stands with its question as it reads now. Only a completed run answers it: one
 * that failed or was stopped left it open.
 */
export type Standing = 'empty' | 'unanswered' | 'under-way' | 'answered';

export function standingOf(question: string, runs: readonly Run[]): Standing {
  if (runs.some((run) => !hasEnded(run))) return 'under-way';
  if (normalised(question) === '') return 'empty';
  const isAnswered = runs.some((run) => run.state === 'completed' && isSameQuestion(run.question, question));
  return isAnswered ? 'answered' : 'unanswered';
}

/**
 * What Shift+Enter, Ctrl+Enter and Alt+Enter may do to a problem. A habit of the fingers must not
 * spend money, so they run a question once: an answered one is only run again by R R or its button.
 */
export function mayRunByHabit(question: string, runs: readonly Run[]): boolean {
  return standingOf(question, runs) === 'unanswered';
}

/** The problems "Run N unanswered" would run, in the notebook's order. */
export function unansweredProblems(
  problems: readonly ProblemCell[],
  runsOf: (problem: ProblemCell) => readonly Run[],
): readonly ProblemCell[] {
  return problems.filter(
    (problem) => !problem.isDamaged && standingOf(problem.source, runsOf(problem)) === 'unanswered',
  );
}
