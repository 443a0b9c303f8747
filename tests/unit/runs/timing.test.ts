import { describe, expect, test } from 'vitest';
import { timesOf } from '#backend/runs/timing.ts';
import type { Ending } from '#backend/runs/timing.ts';
import { noMarks } from '#shared/domain/run.ts';
import type { RunMarks } from '#shared/domain/run.ts';

const finished: Ending = { atMs: 2_000, isFinished: true, reasoningTokens: 64 };
const broken: Ending = { atMs: 2_000, isFinished: false, reasoningTokens: null };
const unseen: Ending = { atMs: null, isFinished: false, reasoningTokens: null };

function timesFor(marks: Partial<RunMarks>, ending: Ending): readonly (number | null)[] {
  const { waitMs, thinkingMs, writingMs, totalMs } = timesOf({ ...noMarks, ...marks }, ending);
  return [waitMs, thinkingMs, writingMs, totalMs];
}

const thought = { firstSignMs: 700, firstThinkingMs: 700 };
const wrote = { ...thought, firstTextMs: 1_600 };

describe('the parts of a run that finished', () => {
  test('are wait, thinking and writing when all of them were seen', () => {
    expect(timesFor(wrote, finished)).toEqual([700, 900, 400, 2_000]);
  });

  test('leave out wait and thinking when tokens went into thinking that the server did not show', () => {
    expect(timesFor({ firstSignMs: 1_600, firstTextMs: 1_600 }, finished)).toEqual([null, null, 400, 2_000]);
  });

  test('have no thinking to speak of when no reasoning was reported and none was seen', () => {
    const plain = { ...finished, reasoningTokens: 0 };
    expect(timesFor({ firstSignMs: 500, firstTextMs: 510 }, plain)).toEqual([500, 10, 1_490, 2_000]);
    const silent = { ...finished, reasoningTokens: null };
    expect(timesFor({ firstSignMs: 500, firstTextMs: 510 }, silent)).toEqual([500, 10, 1_490, 2_000]);
  });

  test('are all thinking after the wait when the model never wrote', () => {
    expect(timesFor(thought, finished)).toEqual([700, 1_300, 0, 2_000]);
  });

  test('are only a total when nothing at all was seen before the end', () => {
    expect(timesFor({}, finished)).toEqual([null, null, null, 2_000]);
    expect(timesFor({}, { ...finished, reasoningTokens: null })).toEqual([null, null, null, 2_000]);
  });
});

describe('the parts of a run that was stopped, failed or was cut', () => {
  test('are only a total before the first sign of work', () => {
    expect(timesFor({}, broken)).toEqual([null, null, null, 2_000]);
  });

  test('keep the wait while it was thinking', () => {
    expect(timesFor(thought, broken)).toEqual([700, null, null, 2_000]);
  });

  test('are all known while it was writing', () => {
    expect(timesFor(wrote, broken)).toEqual([700, 900, 400, 2_000]);
  });

  test('leave out hidden thinking as well', () => {
    const hidden = { firstSignMs: 1_600, firstTextMs: 1_600 };
    expect(timesFor(hidden, { ...broken, reasoningTokens: 9 })).toEqual([null, null, 400, 2_000]);
  });
});

test('a crash leaves what was seen before it, and neither writing time nor total', () => {
  expect(timesFor(wrote, unseen)).toEqual([700, 900, null, null]);
  expect(timesFor(thought, unseen)).toEqual([700, null, null, null]);
  expect(timesFor({}, unseen)).toEqual([null, null, null, null]);
});
