import { refuse } from '#shared/domain/failure.ts';

/** What one message to the library may carry, with room for its wrapping; beyond it the command line imports. */
const limitBytes = 30_000_000;

/**
 * Reads as UTF-8 and refuses anything else, rather than importing question marks. Throws `AppError`
 * `file-too-large` (before a byte is read), `file-unreadable` (a folder, a file that is gone) and
 * `file-not-utf8`.
 */
export async function readMarkdown(file: File): Promise<{ name: string; text: string }> {
  if (file.size > limitBytes) throw refuse('file-too-large', { path: file.name, limitBytes });
  const bytes = await readBytes(file);
  const text = decode(bytes, 'whole');
  if (text === null) throw refuse('file-not-utf8', { path: file.name, byteOffset: firstBadByte(bytes) });
  return { name: file.name, text };
}

async function readBytes(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    const reason = cause instanceof Error ? cause.name : 'unknown';
    throw refuse('file-unreadable', { path: file.name, reason }, { cause });
  }
}

const longestSequenceBytes = 4;

/** Offset of the first byte that is no UTF-8, found by halving: a prefix of good text is good but for its cut end. */
export function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decode(bytes.subarray(0, middle), 'prefix') === null) bad = middle;
    else good = middle;
  }
  // The sequence that went wrong began up to three bytes earlier.
  for (let start = good; start > good - longestSequenceBytes && start > 0; start -= 1) {
    if (decode(bytes.subarray(0, start), 'whole') !== null) return start;
  }
  return 0;
}

/** `null` for what is no UTF-8; a `prefix` may end in the middle of a character. */
function decode(bytes: Uint8Array, part: 'whole' | 'prefix'): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: part === 'prefix' });
  } catch {
    return null;
  }
}
