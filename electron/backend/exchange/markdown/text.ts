import { isUtf8 } from 'node:buffer';
import { refuse } from '#shared/domain/failure.ts';

/** Larger files are refused; 100 MB. */
export const fileLimitBytes = 100_000_000;

/**
 * The text of a file: UTF-8, with or without a byte order mark, any kind of line break. Throws
 * `file-too-large` and `file-not-utf8`.
 */
export function readText(name: string, bytes: Uint8Array): string {
  if (bytes.byteLength > fileLimitBytes) {
    throw refuse('file-too-large', { path: name, limitBytes: fileLimitBytes });
  }
  if (!isUtf8(bytes)) throw refuse('file-not-utf8', { path: name, byteOffset: firstBadByte(bytes) });
  const text = new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes);
  return text.replace(/\r\n?/g, '\n');
}

/** Each bad sequence is decoded as U+FFFD, so the first byte that does not come back is bad. */
function firstBadByte(bytes: Uint8Array): number {
  const again = Buffer.from(Buffer.from(bytes).toString('utf8'), 'utf8');
  const at = bytes.findIndex((byte, index) => byte !== again[index]);
  return Math.max(0, at);
}

/** Without the blank lines at its start and end. */
export function trimBlankLines(text: string): string {
  return text
    .replace(/^(?:[ \t]*\n)+/, '')
    .replace(/(?:\n[ \t]*)+$/, '')
    .replace(/^[ \t]*$/, '');
}
