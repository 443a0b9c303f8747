import { readFileSync } from 'node:fs';
import { readMarkdownNotebook } from '#backend/exchange/index.ts';
import { refuse } from '#shared/domain/failure.ts';

export interface MarkdownFile {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads a notebook's file and makes sure that it can be imported. Throws `AppError`:
 * `file-not-found`, `file-unreadable`, or what its contents are refused for.
 */
export function readMarkdownFile(path: string): MarkdownFile {
  const bytes = readBytes(path);
  readMarkdownNotebook(path, bytes);
  return { name: path, text: new TextDecoder('utf-8').decode(bytes) };
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    if (code === 'ENOENT') throw refuse('file-not-found', { path }, { cause: error });
    throw refuse('file-unreadable', { path, reason: code }, { cause: error });
  }
}
