import { refuse } from '#shared/domain/failure.ts';

const replacement = '\uFFFD';

/**
 * Text as SQLite can give it back: half a surrogate pair has no UTF-8 form, and SQL functions take
 * NUL for the end. Both become U+FFFD, as CommonMark prescribes for NUL.
 */
export function storableText(text: string): string {
  return text.toWellFormed().replaceAll('\0', replacement);
}

/** Throws `AppError` `text-too-long` for text above the limit, in UTF-16 code units as JavaScript counts. */
export function requireLength(text: string, limitChars: number): void {
  if (text.length > limitChars) {
    throw refuse('text-too-long', { lengthChars: text.length, limitChars });
  }
}
