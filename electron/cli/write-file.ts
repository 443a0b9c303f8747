import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { refuse } from '#shared/domain/failure.ts';

/**
 * Writes a whole file or nothing: under another name first, on the disk before it takes the real one.
 * Throws `AppError` `file-unwritable`; a file that was there before is untouched then.
 */
export async function writeWholeFile(path: string, bytes: Uint8Array): Promise<void> {
  const partial = join(dirname(path), `.${basename(path)}.${randomBytes(4).toString('hex')}.partial`);
  try {
    const file = await open(partial, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    throw refuse('file-unwritable', { path, reason: code }, { cause: error });
  }
}
