import { assertNever } from '#shared/domain/failure.ts';
import type { Run } from '#shared/domain/run.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { pageWords } from '#shared/messages/page.ts';

/** `null` for an answer that ended as it should, or has not ended. */
export function outcomeSentence(run: Run): string | null {
  switch (run.state) {
    case 'queued':
    case 'running':
      return null;
    case 'completed':
      if (run.finish !== 'stop') return pageWords.finishSentence[run.finish];
      return run.answer.trim() === '' ? pageWords.emptyAnswer : null;
    case 'cancelled':
      return pageWords.stoppedSentence;
    case 'failed':
    case 'interrupted':
      return sentenceFor(run.failure);
    default:
      return assertNever(run);
  }
}
