import type { Failure } from '#shared/domain/failure.ts';
import type { ModelChoice } from '#shared/domain/model.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Run, RunStateName } from '#shared/domain/run.ts';
import { sentenceFor } from '#shared/messages/failures.ts';

/** What became of one problem: its run, or why none could be started. */
export type ProblemOutcome =
  | { readonly number: number; readonly choice: ModelChoice; readonly kind: 'ran'; readonly run: Run }
  | {
      readonly number: number;
      readonly choice: ModelChoice;
      readonly kind: 'refused';
      readonly failure: Failure;
    };

/** One entry of `run --json`; `null` means not reported or not observed. */
export interface RunResult {
  readonly cell: number;
  readonly state: RunStateName;
  readonly provider: string;
  readonly model: string;
  readonly effort: string | null;
  readonly waitMs: number | null;
  readonly thinkingMs: number | null;
  readonly writingMs: number | null;
  readonly usage: {
    readonly inputTokens: number | null;
    readonly cachedInputTokens: number | null;
    readonly outputTokens: number | null;
    readonly reasoningTokens: number | null;
  };
  readonly costNanoUsd: number | null;
  readonly answer: string;
  readonly error: { readonly code: string; readonly message: string } | null;
}

export function toResult(outcome: ProblemOutcome): RunResult {
  const { number, choice } = outcome;
  const run = outcome.kind === 'ran' ? outcome.run : null;
  const failure = failureOf(outcome);
  const times = run !== null && hasEnded(run) ? run.times : null;
  const usage = run?.receipt.usage;
  return {
    cell: number,
    state: run?.state ?? 'failed',
    provider: choice.provider,
    model: choice.model,
    effort: choice.effort,
    waitMs: times?.waitMs ?? null,
    thinkingMs: times?.thinkingMs ?? null,
    writingMs: times?.writingMs ?? null,
    usage: {
      inputTokens: usage?.inputTokens ?? null,
      cachedInputTokens: usage?.cachedInputTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      reasoningTokens: usage?.reasoningTokens ?? null,
    },
    costNanoUsd: run?.receipt.costNanoUsd ?? null,
    answer: run?.answer ?? '',
    error: failure && { code: failure.code, message: sentenceFor(failure) },
  };
}

export function failureOf(outcome: ProblemOutcome): Failure | null {
  if (outcome.kind === 'refused') return outcome.failure;
  const { run } = outcome;
  return run.state === 'failed' || run.state === 'interrupted' ? run.failure : null;
}
