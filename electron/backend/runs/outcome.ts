import { assertNever, failure } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { FinishReason } from '#shared/domain/run.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import type { RunStep } from './state.ts';
import type { UnderWay } from './under-way.ts';

/** Why a run ends, before it is known what that makes of its state. */
export type Outcome =
  | { readonly type: 'finished'; readonly finish: FinishReason }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'stopped' }
  /** The provider's events ended without its terminal event. */
  | { readonly type: 'cut-short' }
  | { readonly type: 'too-long'; readonly limitChars: number }
  | { readonly type: 'app-ended' };

/** The step that ends a run this way, `atMs` after it was sent. */
export function endingStep(live: UnderWay, outcome: Outcome, endedAt: UtcMs, atMs: number | null): RunStep {
  const ending = { endedAt, atMs, reasoningTokens: live.receipt.usage.reasoningTokens };
  switch (outcome.type) {
    case 'finished':
    case 'failed':
    case 'stopped':
      return { ...outcome, ...ending };
    case 'cut-short': {
      const failed = failure('run-cut-short', { receivedChars: live.receivedChars });
      return { type: 'interrupted', failure: failed, ...ending };
    }
    case 'too-long': {
      const failed = failure('answer-too-long', { limitChars: outcome.limitChars });
      return { type: 'failed', failure: failed, ...ending };
    }
    case 'app-ended':
      return { type: 'interrupted', failure: appEnded(live.state.state === 'running'), ...ending };
    default:
      return assertNever(outcome);
  }
}

/** Whether a run was sent is whether it may have been billed. */
export function appEnded(wasSent: boolean): Failure {
  return wasSent ? failure('app-ended', {}) : failure('app-ended-before-sending', {});
}
