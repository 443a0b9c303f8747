import type { Log } from '#backend/logs/log.ts';

/** A log that keeps nothing. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => 'none',
};
