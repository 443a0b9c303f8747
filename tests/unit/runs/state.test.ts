import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance } from '#backend/runs/state.ts';
import type { RunStep } from '#backend/runs/state.ts';
import { failure } from '#shared/domain/failure.ts';
import { hasEnded, noMarks } from '#shared/domain/run.ts';
import type { RunMarks, RunState } from '#shared/domain/run.ts';

const cut = failure('run-cut-short', { receivedChars: 3 });
const ending = { endedAt: 2_000, atMs: 900, reasoningTokens: null };
const times = { waitMs: 1, thinkingMs: 2, writingMs: 3, totalMs: 6 };
const unknownTimes = { waitMs: null, thinkingMs: null, writingMs: null, totalMs: null };

const steps: readonly RunStep[] = [
  { type: 'sent', sentAt: 1_000 },
  { type: 'thinking-seen', atMs: 100 },
  { type: 'writing-seen', atMs: 200, isVisible: true },
  { type: 'writing-seen', atMs: 200, isVisible: false },
  { type: 'finished', finish: 'stop', ...ending },
  { type: 'failed', failure: cut, ...ending },
  { type: 'stopped', ...ending },
  { type: 'interrupted', failure: cut, ...ending },
];

const queued: RunState = { state: 'queued' };
const running = (
  marks: Partial<RunMarks> = {},
  phase: 'waiting' | 'thinking' | 'writing' = 'waiting',
): RunState => ({
  state: 'running',
  sentAt: 1_000,
  phase,
  marks: { ...noMarks, ...marks },
});
const endedStates: readonly RunState[] = [
  { state: 'completed', sentAt: 1, endedAt: 2, times, finish: 'stop' },
  { state: 'failed', sentAt: 1, endedAt: 2, times, failure: cut },
  { state: 'cancelled', sentAt: null, endedAt: 2, times: unknownTimes },
  { state: 'interrupted', sentAt: 1, endedAt: 2, times, failure: cut },
];

describe('a run that has ended', () => {
  for (const state of endedStates) {
    for (const step of steps) {
      test(`stays ${state.state} when it is ${step.type} afterwards`, () => {
        expect(advance(state, step)).toBe(state);
      });
    }
  }
});

describe('a queued run', () => {
  const unsent = { sentAt: null, endedAt: 2_000, times: unknownTimes };
  const expected: Partial<Record<RunStep['type'], RunState>> = {
    sent: { state: 'running', sentAt: 1_000, phase: 'waiting', marks: noMarks },
    failed: { state: 'failed', failure: cut, ...unsent },
    stopped: { state: 'cancelled', ...unsent },
    interrupted: { state: 'interrupted', failure: cut, ...unsent },
  };
  const possible = steps.filter((step) => expected[step.type]);
  const impossible = steps.filter((step) => !expected[step.type]);

  test.each(possible)('that is $type begins or ends as it must', (step) => {
    expect(advance(queued, step)).toEqual(expected[step.type]);
  });

  test.each(impossible)('cannot be $type before it is sent', (step) => {
    expect(() => advance(queued, step)).toThrow();
  });
});

describe('a running run', () => {
  test('cannot be sent twice', () => {
    expect(() => advance(running(), { type: 'sent', sentAt: 5 })).toThrow();
  });

  test('is thinking from its first reasoning event', () => {
    const next = advance(running(), { type: 'thinking-seen', atMs: 100 });
    expect(next).toEqual(running({ firstSignMs: 100, firstThinkingMs: 100 }, 'thinking'));
  });

  test('has shown a sign, but no text, when only its output was opened', () => {
    const next = advance(running(), { type: 'writing-seen', atMs: 100, isVisible: false });
    expect(next).toEqual(running({ firstSignMs: 100 }, 'thinking'));
  });

  test('is writing from its first visible text', () => {
    const next = advance(running(), { type: 'writing-seen', atMs: 200, isVisible: true });
    expect(next).toEqual(running({ firstSignMs: 200, firstTextMs: 200 }, 'writing'));
  });

  test('stays the same object when a step brings nothing new', () => {
    const state = running({ firstSignMs: 100, firstThinkingMs: 100, firstTextMs: 200 }, 'writing');
    expect(advance(state, { type: 'thinking-seen', atMs: 300 })).toBe(state);
    expect(advance(state, { type: 'writing-seen', atMs: 300, isVisible: true })).toBe(state);
    expect(advance(state, { type: 'writing-seen', atMs: 300, isVisible: false })).toBe(state);
  });

  test('keeps writing when it thinks again', () => {
    const state = running({ firstSignMs: 100, firstTextMs: 100 }, 'writing');
    const next = advance(state, { type: 'thinking-seen', atMs: 300 });
    expect(next).toEqual(running({ firstSignMs: 100, firstThinkingMs: 300, firstTextMs: 100 }, 'writing'));
  });

  const whole = running({ firstSignMs: 100, firstThinkingMs: 100, firstTextMs: 300 }, 'writing');
  const kept = {
    sentAt: 1_000,
    endedAt: 2_000,
    times: { waitMs: 100, thinkingMs: 200, writingMs: 600, totalMs: 900 },
  };
  const ends: readonly (readonly [RunStep, RunState])[] = [
    [
      { type: 'finished', finish: 'length', ...ending },
      { state: 'completed', finish: 'length', ...kept },
    ],
    [
      { type: 'failed', failure: cut, ...ending },
      { state: 'failed', failure: cut, ...kept },
    ],
    [
      { type: 'stopped', ...ending },
      { state: 'cancelled', ...kept },
    ],
    [
      { type: 'interrupted', failure: cut, ...ending },
      { state: 'interrupted', failure: cut, ...kept },
    ],
  ];
  for (const [step, end] of ends) {
    test(`that is ${step.type} is ${end.state}, with the times that were observed`, () => {
      expect(advance(whole, step)).toEqual(end);
    });
  }
});

describe('whatever happens to a run', () => {
  const atMs = fc.integer({ min: 0, max: 1_000_000 });
  const reasoningTokens = fc.option(fc.integer({ min: 0, max: 50_000 }));
  const seen = fc.oneof(
    fc.record({ type: fc.constant('thinking-seen' as const), atMs }),
    fc.record({ type: fc.constant('writing-seen' as const), atMs, isVisible: fc.boolean() }),
  );
  const end = (endMs: number | null, tokens: number | null) =>
    fc.constantFrom<RunStep>(
      ...steps
        .filter((step) => 'endedAt' in step)
        .map((step) => ({ ...step, atMs: endMs, reasoningTokens: tokens })),
    );
  const story = fc
    .tuple(fc.array(seen, { maxLength: 12 }), fc.option(atMs), reasoningTokens)
    .chain(([seenSteps, more, tokens]) => {
      const inOrder = seenSteps.toSorted((a, b) => a.atMs - b.atMs);
      const lastMs = inOrder.at(-1)?.atMs ?? 0;
      return fc.tuple(fc.constant(inOrder), end(more === null ? null : lastMs + more, tokens), seen);
    });

  test('its known times are never negative, and add up to its total when all are known', () => {
    fc.assert(
      fc.property(story, ([seenSteps, endStep, late]) => {
        const sent = advance(queued, { type: 'sent', sentAt: 1_000 });
        const last = advance(seenSteps.reduce<RunState>(advance, sent), endStep);
        if (!hasEnded(last)) throw new Error('It has not ended');
        const { waitMs, thinkingMs, writingMs, totalMs } = last.times;
        const parts = [waitMs, thinkingMs, writingMs];
        for (const part of [...parts, totalMs]) expect(part ?? 0).toBeGreaterThanOrEqual(0);
        const known = parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
        expect(known).toBeLessThanOrEqual(totalMs ?? Infinity);
        expect(parts.includes(null) || known === totalMs).toBe(true);
        expect(advance(last, late)).toBe(last);
      }),
    );
  });
});
