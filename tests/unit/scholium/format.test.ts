import { describe, expect, test } from 'vitest';
import {
  formatCost,
  formatDate,
  formatDuration,
  formatElapsed,
  formatMoment,
  formatTokens,
  formatTotalCost,
  formatUtc,
} from '#shared/scholium/index.ts';

/** The no-break spaces of the figures, as plain ones, so that the expectations can be read. */
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('durations', () => {
  test.each([
    [0, '0 s'],
    [4, '4 ms'],
    [99.4, '99 ms'],
    [400, '0.4 s'],
    [9_940, '9.9 s'],
    [9_960, '10 s'],
    [22_300, '22 s'],
    [59_600, '1 min 00 s'],
    [163_000, '2 min 43 s'],
    [724_000, '12 min 04 s'],
    [3_599_700, '1 h 00 min'],
    [3_720_000, '1 h 02 min'],
  ])('%d ms reads “%s”', (durationMs, text) => {
    expect(plain(formatDuration(durationMs))).toBe(text);
  });

  test('a running clock shows tenths below ten seconds and never runs ahead', () => {
    expect(plain(formatElapsed(0))).toBe('0.0 s');
    expect(plain(formatElapsed(1_290))).toBe('1.2 s');
    expect(plain(formatElapsed(9_999))).toBe('9.9 s');
    expect(plain(formatElapsed(65_999))).toBe('1 min 05 s');
  });

  test('a figure is never parted from its unit at the end of a line', () => {
    expect(formatDuration(163_000)).not.toContain(' ');
    expect(formatCost(3_000_000)).not.toContain(' ');
  });

  test('a moment within a run reads like a clock', () => {
    expect(formatMoment(250_000)).toBe('4:10');
    expect(formatMoment(900)).toBe('0:00');
    expect(formatMoment(3_725_000)).toBe('1:02:05');
  });
});

describe('tokens', () => {
  test('are grouped by three with narrow no-break spaces', () => {
    expect(formatTokens(640)).toBe('640');
    expect(formatTokens(1_240)).toBe('1\u202f240');
    expect(formatTokens(12_480)).toBe('12\u202f480');
    expect(formatTokens(1_234_567)).toBe('1\u202f234\u202f567');
  });
});

describe('cost', () => {
  test.each([
    [0, 'free'],
    [20_000, '< 0.01 ¢'],
    [400_000, '0.04 ¢'],
    [3_000_000, '0.3 ¢'],
    [14_000_000, '1.4 ¢'],
    [131_000_000, '13.1 ¢'],
    [999_600_000, '$1.00'],
    [1_290_000_000, '$1.29'],
    [1_234_560_000_000, '$1 234.56'],
  ])('%d nano-dollars read “%s”', (nano, text) => {
    expect(plain(formatCost(nano))).toBe(text);
  });

  test('sums from ten cents on are in dollars', () => {
    expect(formatTotalCost(860_000_000)).toBe('$0.86');
    expect(plain(formatTotalCost(14_000_000))).toBe('1.4 ¢');
  });
});

describe('dates', () => {
  const at = Date.UTC(2026, 10, 22, 13, 6, 41);
  const london = { timeZone: 'Europe/London' };

  test('show the year when it is not this one, or when nobody says which day it is', () => {
    expect(plain(formatDate(at, london))).toBe('22 Nov 2026, 13:06');
    expect(plain(formatDate(at, { ...london, nowMs: Date.UTC(2027, 0, 2) }))).toBe('22 Nov 2026, 13:06');
  });

  test('are shorter within the year, and today the time alone', () => {
    expect(plain(formatDate(at, { ...london, nowMs: at + 86_400_000 }))).toBe('22 Nov, 13:06');
    expect(plain(formatDate(at, { ...london, nowMs: at + 3_600_000 }))).toBe('13:06');
  });

  test('follow the reader’s time zone', () => {
    expect(plain(formatDate(at, { timeZone: 'Asia/Tokyo', nowMs: at }))).toBe('22:06');
    expect(plain(formatDate(at, { timeZone: 'Pacific/Auckland', nowMs: at - 86_400_000 }))).toBe(
      '23 Nov, 02:06',
    );
  });

  test('are kept in UTC to the second for records', () => {
    expect(formatUtc(at)).toBe('2026-11-22 13:06:41 UTC');
  });
});
