import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The build puts every worker beside this module; in the sources each lives with its noun. */
const isBuilt = import.meta.url.endsWith('.js');
const here = dirname(fileURLToPath(import.meta.url));

let sourceWorkers: ReadonlyMap<string, string> | null = null;

/**
 * Where the worker thread `name` (its file's base name, such as `solver-worker`) is to be started
 * from: `new Worker(workerUrl('solver-worker'))`. Throws if there is no such worker.
 */
export function workerUrl(name: string): URL {
  if (isBuilt) return new URL(`./${name}.js`, import.meta.url);
  sourceWorkers ??= findSourceWorkers();
  const file = sourceWorkers.get(name);
  if (file === undefined) throw new Error(`No worker ${name}.ts under electron/backend`);
  return pathToFileURL(file);
}

function findSourceWorkers(): ReadonlyMap<string, string> {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' });
  return new Map(
    files
      .filter((file) => file.endsWith('-worker.ts'))
      .map((file) => [basename(file, '.ts'), join(here, file)]),
  );
}
