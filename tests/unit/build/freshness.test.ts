import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fingerprint } from '../../../build/freshness.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scholium-fresh-'));
  mkdirSync(join(folder, 'shared'));
  writeFileSync(join(folder, 'shared', 'a.ts'), 'export {};');
  writeFileSync(join(folder, 'notes.txt'), 'no source');
});

afterEach(() => rmSync(folder, { recursive: true }));

const sources = (): string => fingerprint(folder, ['shared']);

test('nothing is built again while nothing changed', () => {
  const before = sources();
  writeFileSync(join(folder, 'notes.txt'), 'still no source');
  expect(sources()).toBe(before);
});

test.each([
  ['a source is edited', () => writeFileSync(join(folder, 'shared', 'a.ts'), 'export const x = 1;')],
  ['a source is added', () => writeFileSync(join(folder, 'shared', 'b.ts'), '')],
  ['a source is removed', () => rmSync(join(folder, 'shared', 'a.ts'))],
  ['a source is put back from long ago', () => utimesSync(join(folder, 'shared', 'a.ts'), 1, 1)],
])('it is built again when %s', (_what, change) => {
  const before = sources();
  change();
  expect(sources()).not.toBe(before);
});
