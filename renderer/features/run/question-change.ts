import { diffWordsWithSpace } from 'diff';
import type { Run } from '#shared/domain/run.ts';
import { isSameQuestion } from './answered.ts';

export type DiffPiece = { readonly kind: 'same' | 'added' | 'removed'; readonly text: string };

/** True when the question no longer reads as it did when this run was started. */
export function isQuestionChanged(run: Run, question: string): boolean {
  return !isSameQuestion(run.question, question);
}

/** Beyond this the difference is not worth its time, and both texts are shown whole instead. */
const comparedCharsLimit = 40_000;

/** What was taken out of and put into the question since the run, by words. */
export function questionDiff(asked: string, now: string): readonly DiffPiece[] {
  if (asked.length + now.length > comparedCharsLimit) {
    return [
      { kind: 'removed', text: asked },
      { kind: 'added', text: now },
    ];
  }
  return diffWordsWithSpace(asked, now).map((piece) => ({
    kind: piece.added ? 'added' : piece.removed ? 'removed' : 'same',
    text: piece.value,
  }));
}
