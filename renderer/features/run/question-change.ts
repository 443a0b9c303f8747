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
  return gathered(diffWordsWithSpace(asked, now));
}

/**
 * Changes with nothing but space between them become one, so that a rewritten phrase reads as a
 * phrase taken out and a phrase put in, not as every second word of both.
 */
function gathered(
  words: readonly { added: boolean; removed: boolean; value: string }[],
): readonly DiffPiece[] {
  const pieces: DiffPiece[] = [];
  let removed = '';
  let added = '';
  const close = (): void => {
    if (removed !== '') pieces.push({ kind: 'removed', text: removed });
    if (added !== '') pieces.push({ kind: 'added', text: added });
    removed = '';
    added = '';
  };
  words.forEach((word, index) => {
    const next = words[index + 1];
    const isBetweenChanges =
      (removed !== '' || added !== '') && (next?.added === true || next?.removed === true);
    if (word.removed) removed += word.value;
    else if (word.added) added += word.value;
    else if (isBetweenChanges && word.value.trim() === '') {
      removed += word.value;
      added += word.value;
    } else {
      close();
      pieces.push({ kind: 'same', text: word.value });
    }
  });
  close();
  return pieces;
}
