import { existsSync } from 'node:fs';
import { refuse } from '#shared/domain/failure.ts';

/**
 * For verbs that only look into a library: a mistyped name must not make an empty one. Throws
 * `AppError` `file-not-found`.
 */
export function requireLibraryFile(libraryFile: string | undefined): void {
  if (libraryFile !== undefined && !existsSync(libraryFile))
    throw refuse('file-not-found', { path: libraryFile });
}
