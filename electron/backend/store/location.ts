import { lstatSync, mkdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { refuse } from '#shared/domain/failure.ts';
import { backendPaths } from '../paths.ts';
import { systemCode } from './sqlite-errors.ts';

/**
 * The one name of a library's file, whatever links led to it, so that two names are never two
 * libraries. Its folder must exist, except the default library's own, which is made: making any
 * other would hide a drive that is not connected behind an empty library.
 * Throws `AppError` `library-unreachable`.
 */
export function libraryLocation(path: string): string {
  const absolute = resolve(path);
  try {
    if (absolute === backendPaths(process.env).libraryPath) {
      mkdirSync(dirname(absolute), { recursive: true, mode: 0o700 });
    }
    if (exists(absolute)) return requireFile(realpathSync(absolute));
    return join(realpathSync(dirname(absolute)), basename(absolute));
  } catch (error) {
    const reason = systemCode(error);
    if (reason === null) throw error;
    throw refuse('library-unreachable', { path: absolute, reason }, { cause: error });
  }
}

/** True for a link that leads nowhere too: what it means to lead to is not connected. */
function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function requireFile(path: string): string {
  if (statSync(path).isFile()) return path;
  throw refuse('library-unreachable', { path, reason: 'EISDIR' });
}
