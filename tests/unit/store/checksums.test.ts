import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checksumOf, isIntact, withChecksum } from '#backend/store/index.ts';
import type { CheckedTable } from '#backend/store/index.ts';

const checked = {
  table: 'sample',
  key: ['id'],
  columns: ['id', 'body', 'size'],
} as const satisfies CheckedTable;

test('a row that was stored with its checksum is intact', () => {
  const row = withChecksum(checked, { id: 'a', body: 'E = mc²', size: null });
  expect(isIntact(checked, row)).toBe(true);
});

test('one flipped bit anywhere in a text is noticed', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), fc.nat(7), (ascii, place, bit) => {
      const body = `${ascii}∮ 𝔤`;
      const bytes = Buffer.from(body);
      const index = place % bytes.length;
      bytes[index] = (bytes[index] ?? 0) ^ (1 << bit);
      const row = withChecksum(checked, { id: 'a', body, size: 1 });
      expect(isIntact(checked, { ...row, body: bytes.toString() })).toBe(false);
    }),
  );
});

test('text that moves from one column to the next is noticed', () => {
  const left = checksumOf(checked, { id: 'ab', body: 'c', size: 0 });
  expect(checksumOf(checked, { id: 'a', body: 'bc', size: 0 })).not.toBe(left);
});

test('a checksum is the same in every version of Scholium', () => {
  expect(checksumOf(checked, { id: 'a', body: 'ψ', size: 2 })).toBe(974557602);
});
