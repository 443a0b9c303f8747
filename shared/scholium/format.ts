import type { NanoUsd } from '../domain/money.ts';
import type { UtcMs } from '../domain/time.ts';
import { scholiumWords as words } from '../messages/scholium.ts';

/** Keeps a figure and its unit on one line. */
const joint = '\u00a0';
/** Groups digits by three (ISO 80000-1), never broken over lines. */
const groupSpace = '\u202f';

const secondMs = 1_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** `12 ms`, `0.4 s`, `22 s`, `2 min 43 s`, `1 h 02 min`: rounded to the last place shown. */
export function formatDuration(durationMs: number): string {
  if (durationMs <= 0) return `0${joint}s`;
  if (durationMs < 100) return `${Math.max(1, Math.round(durationMs))}${joint}ms`;
  const tenths = Math.round(durationMs / 100);
  if (tenths < 100) return `${(tenths / 10).toFixed(1)}${joint}s`;
  return wholeSeconds(Math.round(durationMs / secondMs));
}

/** As `formatDuration`, but rounded down, so that a running clock never shows what has not passed. */
export function formatElapsed(elapsedMs: number): string {
  const tenths = Math.floor(Math.max(0, elapsedMs) / 100);
  if (tenths < 100) return `${(tenths / 10).toFixed(1)}${joint}s`;
  return wholeSeconds(Math.floor(elapsedMs / secondMs));
}

function wholeSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds}${joint}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}${joint}min${joint}${two(seconds % 60)}${joint}s`;
  const minutes = Math.round(seconds / 60);
  return `${formatTokens(Math.floor(minutes / 60))}${joint}h${joint}${two(minutes % 60)}${joint}min`;
}

/** `4:10`, `1:02:05`: a moment within a run. */
export function formatMoment(atMs: number): string {
  const seconds = Math.floor(Math.max(0, atMs) / secondMs);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** `12 480`: a whole number in groups of three. */
export function formatTokens(tokens: number): string {
  return String(Math.round(tokens)).replace(/\B(?=(\d{3})+$)/g, groupSpace);
}

const nanoPerCent = 10_000_000;
const nanoPerUsd = 1_000_000_000;

/** `0.3 ¢`, `13.1 ¢`, `$1.29`; below a hundredth of a cent it says so; exactly nothing is `free`. */
export function formatCost(costNanoUsd: NanoUsd): string {
  if (costNanoUsd === 0) return words.free;
  const cents = costNanoUsd / nanoPerCent;
  if (cents < 0.005) return words.underHundredthCent.replace(' ', joint).replace(' ', joint);
  // Two figures are kept below a tenth of a cent, where one decimal would say "0.0".
  if (cents < 0.095) return `${cents.toFixed(2)}${joint}¢`;
  if (cents < 99.95) return `${cents.toFixed(1)}${joint}¢`;
  return formatUsd(costNanoUsd);
}

/** A sum of costs: in dollars from ten cents on, as `formatCost` below. */
export function formatTotalCost(costNanoUsd: NanoUsd): string {
  return costNanoUsd >= 10 * nanoPerCent ? formatUsd(costNanoUsd) : formatCost(costNanoUsd);
}

function formatUsd(costNanoUsd: NanoUsd): string {
  const [whole = '0', cents = '00'] = (costNanoUsd / nanoPerUsd).toFixed(2).split('.');
  return `$${formatTokens(Number(whole))}.${cents}`;
}

export interface DateOptions {
  /** Today: dates of the same day show the time alone, of the same year no year. */
  readonly nowMs?: UtcMs;
  /** IANA name; absent: the reader's own. */
  readonly timeZone?: string;
}

/** `14:06` today, `22 Nov, 14:06` this year, else `22 Nov 2025, 14:06`. */
export function formatDate(atUtcMs: UtcMs, options: DateOptions = {}): string {
  const date = dateParts(atUtcMs, options.timeZone);
  const time = `${two(date.hour)}:${two(date.minute)}`;
  const today = options.nowMs === undefined ? null : dateParts(options.nowMs, options.timeZone);
  const day = `${date.day}${joint}${words.months[date.month - 1] ?? ''}`;
  if (today?.year !== date.year) return `${day}${joint}${date.year}, ${time}`;
  if (today.month === date.month && today.day === date.day) return time;
  return `${day}, ${time}`;
}

/** `2026-11-22 13:06:41 UTC`, for records. */
export function formatUtc(atUtcMs: UtcMs): string {
  return `${new Date(atUtcMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function dateParts(atUtcMs: UtcMs, timeZone: string | undefined): DateParts {
  const name = timeZone ?? '';
  const formatter = formatters.get(name) ?? newFormatter(timeZone);
  formatters.set(name, formatter);
  const found = new Map<string, number>();
  for (const part of formatter.formatToParts(atUtcMs)) found.set(part.type, Number(part.value));
  const of = (type: Intl.DateTimeFormatPartTypes): number => found.get(type) ?? 0;
  return { year: of('year'), month: of('month'), day: of('day'), hour: of('hour'), minute: of('minute') };
}

function newFormatter(timeZone: string | undefined): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}
