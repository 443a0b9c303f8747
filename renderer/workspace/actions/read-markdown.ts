import { refuse } from '#shared/domain/failure.ts';

/** Reads as UTF-8 and refuses anything else, rather than importing question marks. */
export async function readMarkdown(file: File): Promise<{ name: string; text: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text.includes('\uFFFD') && !isUtf8(bytes)) {
    throw refuse('file-not-utf8', { path: file.name, byteOffset: firstBadByte(bytes) });
  }
  return { name: file.name, text };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Offset of the first byte that is no UTF-8, found by halving: a prefix of good text is good but for its cut end. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8Prefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isUtf8Prefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
