import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { requireLength, storableText } from '#backend/store/index.ts';
import { failureOf } from '#tests/support/library.ts';

test('any text made storable comes back from SQLite as it went in, and as long', () => {
  const db = new Database(':memory:');
  const echo = db.prepare<[string, string], [string, number]>('SELECT ?, length(?)').raw();
  fc.assert(
    fc.property(
      fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
      (text) => {
        const stored = storableText(text);
        expect(echo.get(stored, stored)).toEqual([stored, Array.from(stored).length]);
      },
    ),
  );
  db.close();
});

test('well-formed text is kept letter by letter, and broken letters become U+FFFD', () => {
  expect(storableText('∮ 𝔤 $\\hbar$\r\n')).toBe('∮ 𝔤 $\\hbar$\r\n');
  expect(storableText('a\ud800b\0c')).toBe('a\ufffdb\ufffdc');
});

test('text above a limit is refused with both lengths', async () => {
  expect(await failureOf(() => requireLength('abcd', 3))).toEqual({
    code: 'text-too-long',
    params: { lengthChars: 4, limitChars: 3 },
  });
  requireLength('abc', 3);
});
