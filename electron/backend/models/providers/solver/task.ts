import type { Failure } from '#shared/domain/failure.ts';

export const verbs = [
  'evaluate',
  'simplify',
  'differentiate',
  'integrate',
  'solve',
  'factor',
  'expand',
  'limit',
] as const;
export type Verb = (typeof verbs)[number];

/** One thing for the solver to do. Plain data: it travels to the worker and is kept as the run's request. */
export interface SolverTask {
  /** `null`: the formula's own operator says. */
  readonly verb: Verb | null;
  /** One formula, or a system in a `cases` environment, without its delimiters. */
  readonly latex: string;
  /** "with respect to x", "for x"; `null` leaves the choice to the formula. */
  readonly variable: string | null;
}

export type SolverReply =
  /** `answer` is Markdown; `checkedBy` says how the result was checked, as in "checked by differentiation". */
  | { readonly type: 'answer'; readonly answer: string; readonly checkedBy: string }
  | { readonly type: 'failure'; readonly failure: Failure };

/** What the worker tells: that it has begun, its engine being loaded, then its reply. */
export type SolverNews = { readonly type: 'begun' } | SolverReply;
