import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * Path of the Electron that is installed, or null. Looks at files only: to import the package would
 * start a download.
 */
export function findElectron(): string | null {
  const folder = join(root, 'node_modules/electron');
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return null;
  const program = join(folder, 'dist', readFileSync(named, 'utf8').trim());
  return existsSync(program) ? program : null;
}

export const whyNoElectron =
  'Electron’s own program is not installed here; “npm run electron:install” fetches it.';
