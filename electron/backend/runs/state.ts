import { assertNever } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import { noMarks } from '#shared/domain/run.ts';
import type { FinishReason, RunMarks, RunPhase, RunState } from '#shared/domain/run.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { notSentTimes, timesOf } from './timing.ts';

/** What every ending brings: when, on both clocks, and what the server reported of its reasoning. */
interface EndingStep {
  readonly endedAt: UtcMs;
  /** Milliseconds since the request was sent; `null` when it was not sent, or nobody saw the end. */
  readonly atMs: number | null;
  readonly reasoningTokens: number | null;
}

/** What can happen to a run. `atMs` is whole milliseconds since the request was sent. */
export type RunStep =
  | { readonly type: 'sent'; readonly sentAt: UtcMs }
  | { readonly type: 'thinking-seen'; readonly atMs: number }
  /** `isVisible`: it brought text that can be seen, not only the news that writing began. */
  | { readonly type: 'writing-seen'; readonly atMs: number; readonly isVisible: boolean }
  | ({ readonly type: 'finished'; readonly finish: FinishReason } & EndingStep)
  | ({ readonly type: 'failed'; readonly failure: Failure } & EndingStep)
  | ({ readonly type: 'stopped' } & EndingStep)
  | ({ readonly type: 'interrupted'; readonly failure: Failure } & EndingStep);

type Queued = Extract<RunState, { state: 'queued' }>;
type Running = Extract<RunState, { state: 'running' }>;

/**
 * The one way a run's state changes. An ended run never changes: what arrives after its end lost the
 * race, and the same state is returned. Returns the same object too when a step brings nothing new.
 * Throws on what cannot happen, such as text of a run that was never sent.
 */
export function advance(state: RunState, step: RunStep): RunState {
  switch (state.state) {
    case 'queued':
      return advanceQueued(state, step);
    case 'running':
      return advanceRunning(state, step);
    case 'completed':
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return state;
    default:
      return assertNever(state);
  }
}

function advanceQueued(state: Queued, step: RunStep): RunState {
  const unsent = { sentAt: null, times: notSentTimes };
  switch (step.type) {
    case 'sent':
      return { state: 'running', sentAt: step.sentAt, phase: 'waiting', marks: noMarks };
    case 'stopped':
      return { state: 'cancelled', ...unsent, endedAt: step.endedAt };
    case 'failed':
      return { state: 'failed', ...unsent, endedAt: step.endedAt, failure: step.failure };
    case 'interrupted':
      return { state: 'interrupted', ...unsent, endedAt: step.endedAt, failure: step.failure };
    case 'thinking-seen':
    case 'writing-seen':
    case 'finished':
      return impossible(state, step);
    default:
      return assertNever(step);
  }
}

function advanceRunning(state: Running, step: RunStep): RunState {
  switch (step.type) {
    case 'sent':
      return impossible(state, step);
    case 'thinking-seen':
      return marked(state, {
        ...state.marks,
        firstSignMs: state.marks.firstSignMs ?? step.atMs,
        firstThinkingMs: state.marks.firstThinkingMs ?? step.atMs,
      });
    case 'writing-seen':
      return marked(state, {
        ...state.marks,
        firstSignMs: state.marks.firstSignMs ?? step.atMs,
        firstTextMs: state.marks.firstTextMs ?? (step.isVisible ? step.atMs : null),
      });
    case 'finished':
      return { state: 'completed', ...ended(state, step), finish: step.finish };
    case 'failed':
      return { state: 'failed', ...ended(state, step), failure: step.failure };
    case 'stopped':
      return { state: 'cancelled', ...ended(state, step) };
    case 'interrupted':
      return { state: 'interrupted', ...ended(state, step), failure: step.failure };
    default:
      return assertNever(step);
  }
}

function marked(state: Running, marks: RunMarks): Running {
  const isNews =
    marks.firstSignMs !== state.marks.firstSignMs ||
    marks.firstThinkingMs !== state.marks.firstThinkingMs ||
    marks.firstTextMs !== state.marks.firstTextMs;
  return isNews ? { ...state, marks, phase: phaseOf(marks) } : state;
}

/** How far a run with these marks has come. */
export function phaseOf(marks: RunMarks): RunPhase {
  if (marks.firstTextMs !== null) return 'writing';
  return marks.firstSignMs === null ? 'waiting' : 'thinking';
}

function ended(state: Running, step: EndingStep & { readonly type: string }) {
  const { endedAt, atMs, reasoningTokens } = step;
  const times = timesOf(state.marks, { atMs, isFinished: step.type === 'finished', reasoningTokens });
  return { sentAt: state.sentAt, endedAt, times };
}

function impossible(state: RunState, step: RunStep): never {
  throw new Error(`A ${state.state} run cannot be ${step.type}`);
}
