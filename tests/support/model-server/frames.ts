/** What a frame is to the person waiting; the ledger notes when the first of each kind left. */
export type FrameKind = 'accepted' | 'thinking' | 'text' | 'terminal' | 'other';

/** One server-sent event and the moment it is due, in milliseconds after the request came in. */
export interface Frame {
  readonly atMs: number;
  readonly kind: FrameKind;
  /** Exactly what goes on the wire, blank line included. */
  readonly wire: string;
  /** The message inside, for the schema's test and for replies that are not streamed. */
  readonly message: Readonly<Record<string, unknown>> | null;
}

/** `count` moments spread evenly from `startMs` on, the last one step before `startMs + durationMs`. */
export function spread(count: number, startMs: number, durationMs: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => startMs + (durationMs * index) / Math.max(count, 1));
}
