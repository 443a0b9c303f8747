import type { BackendClient } from '#shared/contract/index.ts';
import { refusalIn } from '#shared/contract/refusal.ts';
import type { FailureCode } from '#shared/domain/failure.ts';
import type { ProblemCell } from '#shared/domain/cell.ts';
import { newId } from '#shared/domain/ids.ts';
import type { ClientId, RunId } from '#shared/domain/ids.ts';
import type { ModelChoice } from '#shared/domain/model.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Run } from '#shared/domain/run.ts';
import type { RunProgress } from './run-progress.ts';
import type { ProblemOutcome } from './run-result.ts';

/** A problem with its number in the notebook and what it is to be run with. */
export interface ChosenProblem {
  readonly number: number;
  readonly cell: ProblemCell;
  readonly choice: ModelChoice;
}

/** Refusals of one problem's own text; all others are of the model, effort or address it was to go to. */
const problemsOwn: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'question-empty',
  'solver-prose',
  'solver-unreadable',
  'solver-too-large',
]);

/**
 * Runs the problems, as many at once as the backend's queue lets, until each has ended. When
 * `interrupted` is aborted all are stopped, keeping their text. Where every problem was refused for
 * what it was to be run with, the first refusal is thrown: what was asked for was wrong, and nothing
 * was run.
 */
export async function runProblems(
  client: BackendClient,
  problems: readonly ChosenProblem[],
  {
    clientId,
    interrupted,
    progress,
  }: { clientId: ClientId; interrupted: AbortSignal; progress: RunProgress },
): Promise<readonly ProblemOutcome[]> {
  const started = new Set<RunId>();
  const stopAll = (): void => {
    for (const runId of started) {
      // A run that cannot be stopped is told of by its own watching.
      client.runs.stop({ clientId, runId }).catch(() => undefined);
    }
  };
  interrupted.addEventListener('abort', stopAll, { once: true });
  const refusals: unknown[] = [];

  const runOne = async ({ number, cell, choice }: ChosenProblem): Promise<ProblemOutcome> => {
    const runId = newId<RunId>();
    try {
      const run = await client.runs.start({ clientId, runId, cellId: cell.id, choice });
      progress.update(number, run);
    } catch (error) {
      const failure = refusalIn(error);
      if (failure === null) throw error;
      if (!problemsOwn.has(failure.code)) refusals.push(error);
      return { kind: 'refused', number, choice, failure };
    }
    started.add(runId);
    if (interrupted.aborted) stopAll();
    const run = await followRun(client, runId, (latest) => progress.update(number, latest));
    return { kind: 'ran', number, choice, run };
  };

  try {
    const outcomes = await Promise.all(problems.map(runOne));
    if (refusals.length === problems.length && refusals.length > 0) throw refusals[0];
    return outcomes;
  } finally {
    interrupted.removeEventListener('abort', stopAll);
    progress.end();
  }
}

async function followRun(client: BackendClient, runId: RunId, onChange: (run: Run) => void): Promise<Run> {
  for await (const event of await client.runs.watch({ runId, afterSeq: null })) {
    if (event.type === 'run') onChange(event.run);
    if (event.type === 'run' && hasEnded(event.run)) return event.run;
  }
  return client.runs.get({ runId });
}
