/** Values a log line may carry: counts, codes, ids and durations; never a key or a user's words. */
export type LogValue = string | number | boolean | null;

export interface Log {
  info(event: string, values?: Readonly<Record<string, LogValue>>): void;
  /** For what is expected to go wrong now and then. */
  warn(event: string, values?: Readonly<Record<string, LogValue>>): void;
  /** For bugs; returns a short reference that the user can be shown and the log be searched for. */
  error(event: string, error: unknown, values?: Readonly<Record<string, LogValue>>): string;
}
