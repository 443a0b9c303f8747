import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';

/** Builds `print.css` with its fonts into a folder of its own, as the build script does. */
export async function buildPrintAssets(): Promise<{ folder: string; remove: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'scholium-print-'));
  // The build script is JavaScript; its one function used here is declared by its documentation.
  const { printBundle } = await import('../../build/bundles.mjs');
  await build({ ...printBundle(folder), logLevel: 'error' });
  return {
    folder: path.join(folder, 'assets-print'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
