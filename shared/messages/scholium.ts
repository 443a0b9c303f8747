import type { Effort } from '../domain/model.ts';
import type { FinishReason, RunPhase } from '../domain/run.ts';

/** Words of the receipt beside an answer, on screen and in print. Figures come already formatted. */
export const scholiumWords = {
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  now: 'now',
  solver: 'Solver',
  noModel: 'no model',
  askedFor: (model: string) => `asked for ${model}`,
  returnedAs: (model: string) => `answered as ${model}`,
  effort: {
    none: 'no effort',
    minimal: 'minimal',
    low: 'low',
    medium: 'medium',
    high: 'high',
    xhigh: 'xhigh',
    max: 'max',
  } satisfies Record<Effort, string>,

  part: { wait: 'wait', thinking: 'thinking', writing: 'writing' },
  partTime: (name: string, duration: string) => `${name} ${duration}`,
  notObserved: 'not observed',
  totalNotObserved: 'total not observed',
  timesNotObserved: 'times not observed',
  total: 'total',
  notSent: 'not sent',
  tick: (at: string, heading: string) => `${at} ${heading}`,

  notReported: 'not reported',
  tokensNotReported: 'tokens not reported',
  tokensAtTheEnd: 'tokens at the end',
  reasoning: (tokens: string) => `${tokens} reasoning`,
  reasoningNotReported: 'reasoning not reported',
  written: (tokens: string) => `${tokens} written`,
  output: (tokens: string) => `${tokens} output`,
  outputNotReported: 'output not reported',
  input: (tokens: string) => `${tokens} in`,
  inputNotReported: 'input not reported',

  free: 'free',
  costUnknown: 'cost unknown',
  costAtTheEnd: 'cost at the end',
  notBilled: 'not billed',
  underHundredthCent: '< 0.01 ¢',
  checkedBy: (method: string) => `checked by ${method}`,

  queued: 'waiting for its turn',
  phase: {
    waiting: 'waiting for the server',
    thinking: 'thinking',
    writing: 'writing',
  } satisfies Record<RunPhase, string>,
  failed: 'failed',
  cancelled: 'stopped by you',
  interrupted: 'interrupted',
  finish: {
    stop: null,
    length: 'cut at the length limit',
    'content-filter': 'cut by a content filter',
    refusal: 'declined to answer',
    other: 'incomplete, reason not given',
  } satisfies Record<FinishReason, string | null>,
  recorded: 'recorded example',
} as const;
