import { assertNever } from '../domain/failure.ts';
import type { MarkupProblem } from '../markup/types.ts';

function problem(found: MarkupProblem): string {
  switch (found.code) {
    case 'too-long':
      return `This formula has ${grouped(found.lengthChars)} characters; up to ${grouped(found.limitChars)} are typeset. Split it in two.`;
    case 'too-deep':
      return 'This formula is nested too deeply to be typeset.';
    case 'too-many-expansions':
      return `A macro in this formula expands without end (stopped after ${found.limit} steps).`;
    case 'too-slow':
      return 'This takes too long to typeset, so its source is shown.';
    case 'unknown-command':
      return `${found.command} is not a known command. Define it in the notebook's macros.`;
    case 'command-refused':
      return `${found.command} is not allowed in formulas.`;
    case 'unreadable':
      return found.detail ? `This formula cannot be read: ${found.detail}.` : 'This formula cannot be read.';
    default:
      return assertNever(found);
  }
}

/** `10 000 000`, with narrow spaces that do not break. */
const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '\u202f');

/** What a reader sees where something could not be typeset or is not loaded. */
export const markupText = {
  problem,
  shortened: (shownChars: number, chars: number) =>
    `This text has ${grouped(chars)} characters, too many to typeset in one piece. All are kept; the first ${grouped(shownChars)} are shown as they were written.`,
  /** Stands for an image from elsewhere, which is never loaded. */
  remoteImage: (alternative: string) => (alternative ? `Image: ${alternative}` : 'Image'),
  taskDone: 'done',
  taskOpen: 'to do',
};
