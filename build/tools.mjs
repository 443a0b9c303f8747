import { inRoot } from './paths.mjs';

/** By their scripts, not by `.bin`: those are shell files on Windows and pick their own Node. */
const scripts = {
  oxlint: 'oxlint/bin/oxlint',
  playwright: '@playwright/test/cli.js',
  prettier: 'prettier/bin/prettier.cjs',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
};

export function toolScript(name) {
  return Object.hasOwn(scripts, name) ? inRoot('node_modules', scripts[name]) : null;
}
