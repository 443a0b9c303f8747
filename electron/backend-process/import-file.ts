import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileLimitBytes, readMarkdownNotebook } from '#backend/exchange/index.ts';
import { refuse } from '#shared/domain/failure.ts';

/**
 * Reads a Markdown file that the system handed to the shell, and makes sure that it can be imported.
 * Throws `AppError`: `file-not-found`, `file-unreadable`, `file-too-large` (nothing of it is read
 * then), or what its contents are refused for.
 */
export async function readMarkdownFile(path: string): Promise<{ name: string; text: string }> {
  const bytes = await readBytes(path);
  readMarkdownNotebook(path, bytes);
  return { name: basename(path), text: new TextDecoder('utf-8').decode(bytes) };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (found.size > fileLimitBytes) {
      throw refuse('file-too-large', { path, limitBytes: fileLimitBytes });
    }
    // A pipe or a device has no size and may never end.
    if (!found.isFile() && !found.isDirectory()) throw refuse('file-unreadable', { path, reason: 'ENOTSUP' });
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    if (code === 'ENOENT') throw refuse('file-not-found', { path }, { cause: error });
    throw refuse('file-unreadable', { path, reason: code }, { cause: error });
  }
}
