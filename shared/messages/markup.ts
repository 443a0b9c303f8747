import { assertNever } from '../domain/failure.ts';
import type { MarkupProblem } from '../markup/types.ts';

function problem(found: MarkupProblem): string {
  switch (found.code) {
    case 'too-long':
      return `This formula has ${found.lengthChars} characters; up to ${found.limitChars} are typeset. Split it in two.`;
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

/** What a reader sees where something could not be typeset or is not loaded. */
export const markupText = {
  problem,
  /** Stands for an image from elsewhere, which is never loaded. */
  remoteImage: (alternative: string) => (alternative ? `Image: ${alternative}` : 'Image'),
  taskDone: 'done',
  taskOpen: 'to do',
};
