import type { FrameKind } from './frames.ts';

export type KeySeen = 'right' | 'wrong' | 'none';

/** Everything the server knows about one request. Times are `performance.now()` of its process. */
export interface LedgerEntry {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** Without the key itself. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the request carried the key the server was started with; with no such key, any is right. */
  readonly key: KeySeen;
  readonly body: unknown;
  readonly receivedMs: number;
  /** When the first frame of each kind was written to the socket. */
  readonly firstSentMs: Readonly<Partial<Record<FrameKind, number>>>;
  readonly headersSentMs: number | null;
  readonly endedMs: number | null;
  readonly status: number | null;
  readonly framesSent: number;
  readonly bytesSent: number;
  /** Tokens of the usage that was really sent; `null` when none was. */
  readonly outputTokens: number | null;
  /** `cut`: the script broke it off; `client-aborted`: the other side left first. */
  readonly outcome: 'under-way' | 'answered' | 'cut' | 'client-aborted';
}

/** A ledger entry while the server is still writing it. */
export type OpenEntry = { -readonly [Key in keyof LedgerEntry]: LedgerEntry[Key] } & {
  firstSentMs: Partial<Record<FrameKind, number>>;
};

export interface Ledger {
  /** Every request so far, oldest first; snapshots. */
  entries(): readonly LedgerEntry[];
  /** Only those that asked for an answer (`POST`). */
  answers(): readonly LedgerEntry[];
  /** The next moment `test` holds, now or later. */
  until(test: (entries: readonly LedgerEntry[]) => boolean): Promise<readonly LedgerEntry[]>;
}

export function createLedger(): { ledger: Ledger; open: (entry: OpenEntry) => void; changed: () => void } {
  const kept: OpenEntry[] = [];
  const waiting = new Set<() => void>();
  const entries = (): readonly LedgerEntry[] => structuredClone(kept);
  const changed = (): void => {
    // A copy: whoever is satisfied leaves the set.
    for (const look of Array.from(waiting)) look();
  };
  return {
    open: (entry) => {
      kept.push(entry);
      changed();
    },
    changed,
    ledger: {
      entries,
      answers: () => entries().filter((entry) => entry.method === 'POST' && !entry.path.endsWith('/cancel')),
      until: (test) =>
        new Promise((resolve) => {
          const look = (): void => {
            const now = entries();
            if (!test(now)) return;
            waiting.delete(look);
            resolve(now);
          };
          waiting.add(look);
          look();
        }),
    },
  };
}
