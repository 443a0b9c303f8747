import { randomBytes } from 'node:crypto';
import type { UtcMs } from '#shared/domain/time.ts';
import { describeError } from './describe-error.ts';
import type { Log, LogValue } from './log.ts';
import { safeText } from './redact.ts';

export type LogValues = Readonly<Record<string, LogValue>>;

/** A `Log` that turns each call into one line of JSON and hands it to `write`. */
export function lineLog(utcMs: () => UtcMs, write: (line: string, isUrgent: boolean) => void): Log {
  const put = (level: string, event: string, values: object, isUrgent: boolean): void => {
    const at = new Date(utcMs()).toISOString();
    write(JSON.stringify({ at, level, event: safeText(event), ...values }), isUrgent);
  };
  return {
    info: (event, values) => put('info', event, safeValues(values), false),
    warn: (event, values) => put('warn', event, safeValues(values), false),
    error(event, error, values) {
      const reference = randomBytes(4).toString('hex');
      put('error', event, { ...safeValues(values), reference, error: describeError(error) }, true);
      return reference;
    },
  };
}

function safeValues(values: LogValues = {}): Record<string, LogValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? safeText(value) : value,
    ]),
  );
}
