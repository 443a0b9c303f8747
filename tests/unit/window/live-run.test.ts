import { describe, expect, test } from 'vitest';
import { advance } from '#renderer/workspace/live-runs.ts';
import type { LiveRun } from '#renderer/workspace/live-runs.ts';
import type { RunEvent } from '#shared/domain/change.ts';
import { completedRun, runningRun } from './sample-cells.ts';

const started: RunEvent = { type: 'run', run: runningRun('r', 'c'), seq: 0, elapsedMs: 40 };
const text = (seq: number, words: string): RunEvent => ({ type: 'delta', seq, kind: 'text', text: words });
const thought = (seq: number, words: string): RunEvent => ({
  type: 'delta',
  seq,
  kind: 'thinking',
  text: words,
});

function after(...events: readonly RunEvent[]): LiveRun | undefined {
  let live: LiveRun | undefined;
  for (const event of events) live = advance(live, event, 1_000);
  return live;
}

describe('watching a run', () => {
  test('answer and thinking grow by their deltas', () => {
    expect(after(started, thought(1, 'hm'), text(2, 'one '), text(3, 'two'))).toMatchObject({
      thinking: 'hm',
      answer: 'one two',
      seq: 3,
    });
  });

  test('a delta heard again after rejoining is not written twice', () => {
    expect(after(started, text(1, 'one'), text(1, 'one'), text(2, ' two'))?.answer).toBe('one two');
  });

  test('a change of phase does not shorten the text already shown', () => {
    const phase: RunEvent = { type: 'run', run: runningRun('r', 'c'), seq: 1, elapsedMs: 90 };
    expect(after(started, text(1, 'one'), phase)?.answer).toBe('one');
  });

  test('a run heard of late brings its text along', () => {
    const late: RunEvent = {
      type: 'run',
      run: runningRun('r', 'c', 0, { answer: 'one two' }),
      seq: 7,
      elapsedMs: 500,
    };
    expect(after(late, text(8, ' three'))?.answer).toBe('one two three');
  });

  test('the end has the last word', () => {
    const end: RunEvent = {
      type: 'run',
      run: completedRun('r', 'c', 0, 'one two.'),
      seq: 3,
      elapsedMs: null,
    };
    expect(after(started, text(1, 'one'), end)).toMatchObject({ answer: 'one two.', elapsed: null });
  });

  test('elapsed time is the backend’s, counted on from when it was heard', () => {
    expect(after(started)?.elapsed).toEqual({ elapsedMs: 40, heardAtMs: 1_000 });
  });

  test('deltas before the run itself are not guessed at', () => {
    expect(after(text(1, 'one'))).toBeUndefined();
  });
});
