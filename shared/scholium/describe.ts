import type { FailureCode } from '../domain/failure.ts';
import { assertNever } from '../domain/failure.ts';
import type { RunId } from '../domain/ids.ts';
import type { Run, RunStateName } from '../domain/run.ts';
import { hasEnded } from '../domain/run.ts';
import type { RunTimes, UtcMs } from '../domain/time.ts';
import type { Usage } from '../domain/usage.ts';
import { scholiumWords as words } from '../messages/scholium.ts';
import type { ScholiumBar } from './bar.ts';
import { barOf, growingScaleMs, timesOf } from './bar.ts';
import { formatCost, formatDate, formatDuration, formatElapsed, formatTokens } from './format.ts';

export interface DescribeOptions {
  /** For short dates, and for a running run's time when `elapsedMs` is not given. */
  readonly nowMs?: UtcMs;
  /** A running run's time since its request was sent, by the backend's clock. */
  readonly elapsedMs?: number;
  /** The longest run of the cell, so that its bars share one scale; absent: this run's own total. */
  readonly scaleMs?: number;
  /** IANA name for dates; absent: the reader's own. */
  readonly timeZone?: string;
}

export type PartName = 'wait' | 'thinking' | 'writing';

export interface ScholiumPart {
  readonly name: PartName;
  readonly label: string;
  /** `null`: not observed. */
  readonly ms: number | null;
  /** `2 min 31 s`, or `not observed`. */
  readonly text: string;
}

/** How a run's state is to be marked; a mark has a shape of its own, never a colour alone. */
export type ScholiumTone = 'queued' | 'running' | 'completed' | 'incomplete' | 'failed' | 'stopped';

/** The receipt beside an answer, in words and figures ready to be set. */
export interface Scholium {
  readonly runId: RunId;
  readonly state: RunStateName;
  readonly tone: ScholiumTone;
  readonly isSolver: boolean;
  /** `gpt-6.2-sol`, as returned where another model answered than was asked; `Solver`. */
  readonly model: string;
  /** Says so when the model returned is not the one asked for, if only a dated form of it. */
  readonly modelNote: string | null;
  /** True when `modelNote` is about another model, not a dated form of the same: show it. */
  readonly isOtherModel: boolean;
  readonly effort: string | null;
  readonly dateText: string;
  readonly bar: ScholiumBar;
  readonly parts: readonly ScholiumPart[];
  /** `2 min 43 s`; `times not observed`. */
  readonly totalText: string;
  /** `thinking 2 min 31 s`; while running what it does now; `null` when it did not think. */
  readonly partsText: string | null;
  /** `12 480 reasoning · 640 written`; for the solver how it was checked, `null` if it was not. */
  readonly tokensText: string | null;
  /** `1 240 in`; `null` for the solver. */
  readonly inputText: string | null;
  /** `0.3 ¢`, `free`, `cost unknown`. */
  readonly costText: string;
  /** `checked by differentiation`; `null` for models. */
  readonly checkText: string | null;
  /** How it ended when that was not well, or what it is doing; `null` for a completed answer. */
  readonly stateText: string | null;
  /** `recorded example` for a run shipped with the app. */
  readonly originText: string | null;
  /** Everything in one line, for print's small space and for screen readers. */
  readonly summaryText: string;
}

/** Turns a run into its receipt. Pure: the same run and options always give the same words. */
export function describeRun(run: Run, options: DescribeOptions = {}): Scholium {
  const elapsedMs = elapsedOf(run, options);
  const times = timesOf(run, elapsedMs);
  const isSolver = run.choice.provider === 'solver';
  const ownScaleMs = hasEnded(run) ? (times.totalMs ?? 0) : growingScaleMs(elapsedMs);
  const checkText = run.receipt.checkedBy === null ? null : words.checkedBy(run.receipt.checkedBy);
  const described = {
    runId: run.id,
    state: run.state,
    tone: toneOf(run),
    isSolver,
    ...modelOf(run),
    effort: run.choice.effort === null ? null : words.effort[run.choice.effort],
    dateText: hasEnded(run) ? formatDate(run.createdAt, options) : words.now,
    bar: barOf(run, times, options.scaleMs ?? ownScaleMs),
    parts: partsOf(run, times),
    totalText: totalOf(run, times),
    partsText: leadingPartOf(run, times),
    tokensText: isSolver ? checkText : tokensOf(run),
    inputText: isSolver || !hasEnded(run) || wasNotSent(run) ? null : inputOf(run.receipt.usage),
    costText: costOf(run),
    checkText,
    stateText: stateTextOf(run),
    originText: run.origin === 'recorded' ? words.recorded : null,
  };
  return { ...described, summaryText: summaryOf(described) };
}

function elapsedOf(run: Run, options: DescribeOptions): number {
  if (options.elapsedMs !== undefined) return Math.max(0, options.elapsedMs);
  if (run.state !== 'running' || options.nowMs === undefined) return 0;
  return Math.max(0, options.nowMs - run.sentAt);
}

function toneOf(run: Run): ScholiumTone {
  switch (run.state) {
    case 'queued':
    case 'running':
    case 'failed':
      return run.state;
    case 'completed':
      return run.finish === 'stop' ? 'completed' : 'incomplete';
    case 'cancelled':
    case 'interrupted':
      return 'stopped';
    default:
      return assertNever(run);
  }
}

function modelOf(run: Run): Pick<Scholium, 'model' | 'modelNote' | 'isOtherModel'> {
  const asked = run.choice.model;
  const returned = run.receipt.modelReturned;
  if (run.choice.provider === 'solver') return { model: words.solver, modelNote: null, isOtherModel: false };
  if (returned === null || returned === asked) {
    return { model: asked || words.noModel, modelNote: null, isOtherModel: false };
  }
  if (isDatedForm(asked, returned)) {
    return { model: asked, modelNote: words.returnedAs(returned), isOtherModel: false };
  }
  return { model: returned, modelNote: words.askedFor(asked || words.noModel), isOtherModel: true };
}

/** `gpt-5-2025-08-07` is `gpt-5`: servers answer with the dated name of what was asked for. */
function isDatedForm(asked: string, returned: string): boolean {
  return returned.startsWith(`${asked}-`) && /^\d{4}(-?\d{2}){0,2}$/.test(returned.slice(asked.length + 1));
}

function partsOf(run: Run, times: RunTimes): readonly ScholiumPart[] {
  if (run.state === 'queued' || wasNotSent(run)) return [];
  const text = run.state === 'running' ? formatElapsed : formatDuration;
  const part = (name: PartName, ms: number | null): ScholiumPart => ({
    name,
    label: words.part[name],
    ms,
    text: ms === null ? words.notObserved : text(ms),
  });
  return [part('wait', times.waitMs), part('thinking', times.thinkingMs), part('writing', times.writingMs)];
}

function totalOf(run: Run, times: RunTimes): string {
  if (run.state === 'queued') return words.queued;
  if (run.state === 'running') return formatElapsed(times.totalMs ?? 0);
  if (wasNotSent(run)) return words.notSent;
  if (times.totalMs !== null) return formatDuration(times.totalMs);
  const isAnyPartKnown = times.waitMs !== null || times.thinkingMs !== null;
  return isAnyPartKnown ? words.totalNotObserved : words.timesNotObserved;
}

function leadingPartOf(run: Run, times: RunTimes): string | null {
  if (run.state === 'running') return words.phase[run.phase];
  if (run.state === 'queued' || wasNotSent(run) || run.choice.provider === 'solver') return null;
  if (times.thinkingMs === null) {
    return times.totalMs === null ? null : words.partTime(words.part.thinking, words.notObserved);
  }
  return times.thinkingMs > 0 ? words.partTime(words.part.thinking, formatDuration(times.thinkingMs)) : null;
}

function tokensOf(run: Run): string | null {
  if (!hasEnded(run)) return words.tokensAtTheEnd;
  if (wasNotSent(run)) return null;
  const { outputTokens: output, reasoningTokens: reasoning, inputTokens: input } = run.receipt.usage;
  if (output === null && reasoning === null) {
    // Nothing was counted because nothing was done.
    if (wasRefused(run)) return null;
    return input === null ? words.tokensNotReported : words.outputNotReported;
  }
  const reasoned = reasoning === null ? words.reasoningNotReported : words.reasoning(formatTokens(reasoning));
  // Only the difference is "written"; without the reasoning count the output may hold both.
  if (output === null) return join([reasoned, words.outputNotReported]);
  if (reasoning === null) return join([words.output(formatTokens(output)), reasoned]);
  return join([reasoned, words.written(formatTokens(Math.max(0, output - reasoning)))]);
}

function inputOf(usage: Usage): string | null {
  if (usage.inputTokens !== null) return words.input(formatTokens(usage.inputTokens));
  // "tokens not reported" on the line above says it already.
  return usage.outputTokens === null && usage.reasoningTokens === null ? null : words.inputNotReported;
}

/** Failures after which a provider bills nothing: the request was never sent, or refused at the door. */
const unbilledFailures: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'model-not-chosen',
  'model-unknown',
  'model-retired',
  'effort-unsupported',
  'base-url-missing',
  'base-url-invalid',
  'key-missing',
  'key-refused',
  'access-denied',
  'quota-exhausted',
  'rate-limited',
  'not-an-api',
  'request-refused',
  'redirected-elsewhere',
]);

function costOf(run: Run): string {
  if (run.choice.provider === 'solver') return words.free;
  if (run.receipt.costNanoUsd !== null) return formatCost(run.receipt.costNanoUsd);
  if (!hasEnded(run)) return words.costAtTheEnd;
  return wasNotSent(run) || wasRefused(run) ? words.notBilled : words.costUnknown;
}

function wasRefused(run: Run): boolean {
  return run.state === 'failed' && unbilledFailures.has(run.failure.code);
}

function wasNotSent(run: Run): boolean {
  return hasEnded(run) && run.sentAt === null;
}

function stateTextOf(run: Run): string | null {
  switch (run.state) {
    case 'queued':
      return words.queued;
    case 'running':
      return words.phase[run.phase];
    case 'completed':
      return words.finish[run.finish];
    case 'failed':
      return words.failed;
    case 'cancelled':
      return words.cancelled;
    case 'interrupted':
      return words.interrupted;
    default:
      return assertNever(run);
  }
}

function summaryOf(described: Omit<Scholium, 'summaryText'>): string {
  const { model, effort, originText, dateText, stateText, totalText, parts } = described;
  const times = parts.filter((part) => part.ms !== 0).map((part) => words.partTime(part.label, part.text));
  const who = join([model, effort, dateText, originText]);
  const said = stateText === totalText ? null : stateText;
  return join([
    who,
    said,
    totalText,
    ...(described.isSolver ? [] : times),
    described.tokensText,
    described.inputText,
    described.costText,
  ]);
}

function join(texts: readonly (string | null)[]): string {
  return texts.filter((text) => text !== null).join(' · ');
}
