import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestValueChars, safeText } from '#backend/logs/redact.ts';

const canary = 'sk-proj-CANARY0123456789abcdefCANARY';

test.each([
  `Incorrect API key provided: ${canary}.`,
  `Authorization: Bearer ${canary}`,
  `{"api_key":"${canary}"}`,
  `https://user:${canary}@example.org/v1`,
  `https://example.org/v1?token=${canary}&x=1`,
  `${'x '.repeat(494)}${canary}`,
])('a key in a log value is masked: %s', (text) => {
  expect(safeText(text)).not.toContain('CANARY');
});

test('a key of a form nobody has seen is masked when it is long', () => {
  expect(safeText('refused: Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6')).toBe('refused: [opaque]');
});

test('codes, ids and figures stay readable', () => {
  const plain = 'run 0198f3c2-7a11-7000-8000-000000000001 ended: rate-limited after 12.5 s';
  expect(safeText(plain)).toBe(plain);
});

test('whatever goes in, one short line comes out', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 3_000 }), (text) => {
      const safe = safeText(text);
      expect(safe.length).toBeLessThanOrEqual(longestValueChars);
      expect(safe).not.toMatch(/[\n\r\u2028\u2029]/);
    }),
  );
});
