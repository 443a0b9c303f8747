import type { ProblemCell } from '#shared/domain/cell.ts';
import { assertNever } from '#shared/domain/failure.ts';
import type { Run } from '#shared/domain/run.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { printWords as words } from '#shared/messages/print.ts';
import { formatDuration } from '#shared/scholium/index.ts';

/**
 * The run whose answer is printed: the pinned one, else the newest completed one, else the newest with
 * any text. `runs` are the cell's, newest first. `null` when there is nothing to print.
 */
export function answerFor(cell: ProblemCell, runs: readonly Run[]): Run | null {
  const withText = runs.filter((run) => run.answer.trim() !== '');
  const pinned = withText.find((run) => run.id === cell.pinnedRunId);
  return pinned ?? withText.find((run) => run.state === 'completed') ?? withText[0] ?? null;
}

/** What a reader must know of an answer that is not complete; `null` for one that ended as it should. */
export function stateSentence(run: Run): string | null {
  const duration = hasEnded(run) && run.times.totalMs !== null ? formatDuration(run.times.totalMs) : null;
  switch (run.state) {
    case 'completed':
      return run.finish === 'stop' ? null : words.finish[run.finish];
    case 'queued':
    case 'running':
      return words.unfinished;
    case 'cancelled':
      return words.cancelled(duration);
    case 'interrupted':
      return words.interrupted(duration);
    case 'failed':
      return words.failed(duration);
    default:
      return assertNever(run);
  }
}
