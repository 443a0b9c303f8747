import { readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { ensureBuilt } from '../../../build/build.mjs';

const folder = join(resolve(import.meta.dirname, '../../..'), 'dist/renderer');
/** What a window may load before it can show its first page: scripts and styles, compressed. */
const budgetBytes = 350_000;

beforeAll(() => ensureBuilt(process.execPath), 120_000);

const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** The scripts, preloads and styles that the page itself names. */
function namedByPage(): string[] {
  const page = textOf('index.html');
  const tags = [...page.matchAll(/<(?:script|link)\b[^>]*>/g)].map(([tag]) => tag);
  return tags
    .filter((tag) => /rel="(?:stylesheet|modulepreload)"|<script/.test(tag))
    .flatMap((tag) => /(?:src|href)="\/([^"]+)"/.exec(tag)?.[1] ?? []);
}

/** What a script cannot start without; `import(…)` waits until it is wanted. */
function staticImportsOf(file: string): string[] {
  if (!file.endsWith('.js')) return [];
  const imports = textOf(file).matchAll(
    /(?:^|[;\n}])(?:import|export)\b(?!\s*\()[^'"();]*["'](\.[^"']+)["']/g,
  );
  return [...imports].map(([, name]) => posix.join(posix.dirname(file), name ?? ''));
}

function firstScreen(): Set<string> {
  const files = new Set<string>();
  const waiting = namedByPage();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    waiting.push(...staticImportsOf(file));
  }
  return files;
}

test('the first screen’s scripts and styles take at most 350 kB compressed', () => {
  const sizes = [...firstScreen()].map((file) => [file, gzipSync(textOf(file)).length] as const);
  expect(sizes.some(([file]) => file.endsWith('.js'))).toBe(true);
  expect(sizes.some(([file]) => file.endsWith('.css'))).toBe(true);
  const totalBytes = sizes.reduce((sum, [, size]) => sum + size, 0);
  expect(totalBytes, sizes.map(([file, size]) => `${file}: ${size}`).join('\n')).toBeLessThanOrEqual(
    budgetBytes,
  );
});
