import { expect, test } from 'vitest';
import { requireSafeSqlite, requireVersion } from '#backend/store/sqlite-version.ts';
import { failureOf } from '#tests/support/library.ts';

test.for(['3.51.2', '3.7.0', '3.50.10', '2.9.9'])('SQLite %s is refused', async (foundVersion) => {
  expect(await failureOf(() => requireVersion(foundVersion))).toEqual({
    code: 'sqlite-too-old',
    params: { foundVersion, neededVersion: '3.51.3' },
  });
});

test.for(['3.51.3', '3.51.10', '3.54.1', '4.0.0'])('SQLite %s is taken', (version) => {
  expect(() => requireVersion(version)).not.toThrow();
});

test('the SQLite that Scholium ships with is safe', () => {
  expect(requireSafeSqlite).not.toThrow();
});
