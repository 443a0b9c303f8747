import type { Failure } from './failure.ts';
import type { CellId, NotebookId, RunId } from './ids.ts';
import type { ModelChoice } from './model.ts';
import type { NanoUsd, PriceList } from './money.ts';
import type { RunTimes, ThinkingHeading, UtcMs } from './time.ts';
import { usageNotReported } from './usage.ts';
import type { Usage } from './usage.ts';

/** Any JSON value: what the exact request of a run is made of. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The request as it was (or will be) sent, without its credentials. */
export interface RunRequest {
  /** `POST https://api.openai.com/v1/responses`; `solver` for the built-in one. */
  readonly endpoint: string;
  readonly body: Json;
}

/** Why a finished answer ended; `length` and the rest are shown, not hidden behind "completed". */
export type FinishReason = 'stop' | 'length' | 'content-filter' | 'refusal' | 'other';

/** How far a running run has come; decides which part of its time is ticking. */
export type RunPhase = 'waiting' | 'thinking' | 'writing';

/** Moments on the backend's monotonic clock, in whole milliseconds since the request was sent. */
export interface RunMarks {
  /** First reasoning or output event; `null` until then. */
  readonly firstSignMs: number | null;
  /** First reasoning event; `null` until then, and for good when the server hides its thinking. */
  readonly firstThinkingMs: number | null;
  /** First visible text (more than white space); `null` until then. */
  readonly firstTextMs: number | null;
}

export const noMarks: RunMarks = { firstSignMs: null, firstThinkingMs: null, firstTextMs: null };

/**
 * `sentAt` is `null` for a run that ended before it was sent. `endedAt` of a run that a crash ended
 * is the last moment it was seen alive, since nobody saw its end.
 */
export type RunState =
  | { readonly state: 'queued' }
  | { readonly state: 'running'; readonly sentAt: UtcMs; readonly phase: RunPhase; readonly marks: RunMarks }
  | {
      readonly state: 'completed';
      readonly sentAt: UtcMs;
      readonly endedAt: UtcMs;
      readonly times: RunTimes;
      readonly finish: FinishReason;
    }
  | {
      readonly state: 'failed';
      readonly sentAt: UtcMs | null;
      readonly endedAt: UtcMs;
      readonly times: RunTimes;
      readonly failure: Failure;
    }
  | {
      readonly state: 'cancelled';
      readonly sentAt: UtcMs | null;
      readonly endedAt: UtcMs;
      readonly times: RunTimes;
    }
  | {
      readonly state: 'interrupted';
      readonly sentAt: UtcMs | null;
      readonly endedAt: UtcMs;
      readonly times: RunTimes;
      readonly failure: Failure;
    };

export type RunStateName = RunState['state'];

/** What a server told about itself and the run; each `null` until (or unless) it was told. */
export interface RunReceipt {
  readonly responseId: string | null;
  readonly requestId: string | null;
  readonly modelReturned: string | null;
  readonly serviceTier: string | null;
  readonly usage: Usage;
  readonly costNanoUsd: NanoUsd | null;
  /** The solver's own check of its result, such as "differentiation"; `null` for models. */
  readonly checkedBy: string | null;
}

export const emptyReceipt: RunReceipt = {
  responseId: null,
  requestId: null,
  modelReturned: null,
  serviceTier: null,
  usage: usageNotReported,
  costNanoUsd: null,
  checkedBy: null,
};

/** One attempt at a problem. Append-only: nothing in it is overwritten once it ended. */
export type Run = RunState & {
  readonly id: RunId;
  readonly notebookId: NotebookId;
  readonly cellId: CellId;
  /** The question as it stood when the run was started. */
  readonly question: string;
  readonly choice: ModelChoice;
  readonly request: RunRequest;
  /** Prices in force when the run was started; `null` when unknown. */
  readonly prices: PriceList | null;
  readonly createdAt: UtcMs;
  /** `recorded`: made elsewhere and shipped as an example; says so wherever it is shown. */
  readonly origin: 'here' | 'recorded';
  readonly answer: string;
  /** Thinking text or reasoning summary, where the provider gives one; otherwise empty. */
  readonly thinking: string;
  readonly headings: readonly ThinkingHeading[];
  readonly receipt: RunReceipt;
  /** Present when the stored run no longer matches its checksum: shown as found, with a warning. */
  readonly isDamaged?: true;
};

/** True for a run that will change no more. */
export function hasEnded(run: RunState): run is Exclude<RunState, { state: 'queued' | 'running' }> {
  return run.state !== 'queued' && run.state !== 'running';
}
