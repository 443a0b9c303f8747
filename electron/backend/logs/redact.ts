/** The longest string a log line holds, in characters. */
export const longestValueChars = 200;

/** No more than this is looked at: a value may be a whole answer that went astray. */
const lookedAtChars = 1_000;

/**
 * What a secret looks like when it comes where it should not. Logs are written from codes and counts,
 * so this is the second line of defence, not the first.
 */
const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(bearer|basic)\s+[^\s"',;]+/gi, '$1 [secret]'],
  [/\bsk-[\w-]{4,}/g, 'sk-[secret]'],
  [
    /\b((?:api[-_ ]?key|token|secret|password|passphrase|authorization)["']?\s*[:=]\s*["']?)[^\s"',;&]+/gi,
    '$1[secret]',
  ],
  [/\/\/[^/\s@]+@/g, '//[secret]@'],
  // Long runs without a break are keys, tokens or digests; ids and paths have breaks.
  [/[A-Za-z0-9_-]{40,}/g, '[opaque]'],
];

/** A string as a log line may hold it: without secrets, line breaks or control characters, and short. */
export function safeText(text: string): string {
  const isCut = text.length > lookedAtChars;
  // A secret cut in two might not look like one any more: the last, half word goes too.
  const head = isCut ? text.slice(0, lookedAtChars).replace(/\S*$/u, '') : text;
  const clean = secrets.reduce((rest, [pattern, mask]) => rest.replace(pattern, mask), head);
  const oneLine = clean.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return oneLine.length > longestValueChars || isCut
    ? `${oneLine.slice(0, longestValueChars - 1)}…`
    : oneLine;
}
