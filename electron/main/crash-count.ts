/** Says when starting again has become pointless. */
export interface CrashCount {
  /** Notes a crash; true when it was one too many. */
  isOneTooMany(): boolean;
  forget(): void;
}

/** The third crash within a minute is one too many. */
export function createCrashCount(nowMs: () => number, limit = 3, withinMs = 60_000): CrashCount {
  let crashesMs: number[] = [];
  return {
    isOneTooMany() {
      const now = nowMs();
      crashesMs = [...crashesMs.filter((atMs) => now - atMs < withinMs), now];
      return crashesMs.length >= limit;
    },
    forget: () => (crashesMs = []),
  };
}
