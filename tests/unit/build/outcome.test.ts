import { expect, test } from 'vitest';
import { conclude, countLine } from '../../../build/outcome.mjs';

const ended = { code: 0, signal: null, output: '', elapsedMs: 10 };
const counts = { passed: 3, failed: 0, skipped: 0 };

test('a stage whose tests pass has passed', () => {
  expect(conclude('unit', ended, counts, false)).toMatchObject({ passed: 3, failed: 0 });
});

test.each([
  ['left no report', ended, null],
  ['ran no tests', ended, { passed: 0, failed: 0, skipped: 2 }],
  ['ended with an error after its tests passed', { ...ended, code: 1 }, counts],
  ['was killed after its tests passed', { ...ended, code: null, signal: 'SIGKILL' }, counts],
])('a stage that %s has failed', (_how, how, reported) => {
  expect(conclude('unit', how, reported, false).failed).toBe(1);
});

test('failed tests are counted once', () => {
  const outcome = conclude('unit', { ...ended, code: 1 }, { passed: 2, failed: 2, skipped: 0 }, false);
  expect(outcome).toMatchObject({ passed: 2, failed: 2 });
});

test('the last line counts every stage, and has one form whatever was skipped', () => {
  const stage = conclude('unit', ended, counts, false);
  expect(countLine([stage, stage])).toBe('6 passed, 0 failed');
  expect(countLine([stage, { ...stage, failed: 1, skipped: 2 }])).toBe('6 passed, 1 failed');
});
