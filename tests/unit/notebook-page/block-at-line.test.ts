import { expect, test } from 'vitest';
import { blockAtLine } from '#renderer/features/notebook/block-at-line.ts';

const blocks = [{ startLine: 0 }, { startLine: 2 }, { startLine: 7 }];

test('the preview shows the block the caret stands in, and after a block the one before the gap', () => {
  expect([0, 1, 2, 6, 7, 40].map((line) => blockAtLine(blocks, line))).toEqual([0, 0, 1, 1, 2, 2]);
});

test('before the first block and in an empty text it is the first, without a line the last', () => {
  expect(blockAtLine([{ startLine: 3 }], 0)).toBe(0);
  expect(blockAtLine([], 0)).toBe(0);
  expect(blockAtLine(blocks, null)).toBe(2);
});
