/** A cache that forgets what was used longest ago once its values weigh more than `limitChars`. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  clear(): void;
}

/** `weigh` gives a value's size in characters; the key's own length is added. */
export function createBoundedCache<Value>(
  limitChars: number,
  weigh: (value: Value) => number,
): BoundedCache<Value> {
  // A Map remembers the order of insertion, so its first key is the one used longest ago.
  const entries = new Map<string, Value>();
  let heldChars = 0;

  function remove(key: string, value: Value): void {
    entries.delete(key);
    heldChars -= key.length + weigh(value);
  }

  return {
    get(key) {
      const value = entries.get(key);
      if (value === undefined) return undefined;
      entries.delete(key);
      entries.set(key, value);
      return value;
    },
    set(key, value) {
      const previous = entries.get(key);
      if (previous !== undefined) remove(key, previous);
      entries.set(key, value);
      heldChars += key.length + weigh(value);
      for (const [oldestKey, oldest] of entries) {
        if (heldChars <= limitChars) return;
        remove(oldestKey, oldest);
      }
    },
    clear() {
      entries.clear();
      heldChars = 0;
    },
  };
}

// Globals that Node, windows and workers share; the compiler knows them only with one of their libraries.
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The same text in one piece. Text joined from parts keeps all its parts alive: two thousand
 * formulas take 25 MB that way, and 9 MB flattened. A lone surrogate becomes U+FFFD.
 */
export function flatten(text: string): string {
  return decoder.decode(encoder.encode(text));
}
