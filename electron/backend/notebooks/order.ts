import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';

/** Inserting ever again at one place lengthens keys by a character in about six; then all are spread anew. */
const longestKeyChars = 200;

/**
 * A key that sorts between two others (`null`: the start, the end), or `null` where there is no
 * room for one: it would be too long, or a neighbour's key is damaged.
 */
export function keyBetween(before: string | null, after: string | null): string | null {
  try {
    const key = generateKeyBetween(before, after);
    return key.length <= longestKeyChars ? key : null;
  } catch {
    // The library refuses keys that are none of its own; damage is the only way they come about.
    return null;
  }
}

/** Short keys in order for so many cells. */
export function spreadKeys(count: number): readonly string[] {
  return generateNKeysBetween(null, null, count);
}
