import type { Clock } from '#shared/domain/time.ts';
import type { Log } from './log.ts';
import { lineLog } from './log-line.ts';
import { rotatingFile } from './rotating-file.ts';

export interface FileLog extends Log {
  /** The newest lines, those of earlier starts included; oldest first. */
  recentLines(count?: number): string[];
  /** Writes what is pending. */
  flush(): void;
  /** Flushes; lines that come later are written at once. */
  close(): void;
}

export interface FileLogOptions {
  /** Made when the first line is written. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'utcMs'>;
  readonly fileBytes?: number;
  readonly fileCount?: number;
}

const flushEveryMs = 500;
const mostPendingChars = 64 * 1024;
const defaultFileBytes = 1024 * 1024;
const defaultFileCount = 5;
const defaultRecentLines = 50;

/**
 * The app's log: JSON lines in files that are put aside as they grow. Logging never throws: on a full
 * disk lines are lost, and their number is written down once there is room again.
 */
export function createLog(options: FileLogOptions): FileLog {
  const { folder, clock, fileBytes = defaultFileBytes, fileCount = defaultFileCount } = options;
  const file = rotatingFile({ folder, fileBytes, fileCount });
  let pending: string[] = [];
  let pendingChars = 0;
  let lostLines = 0;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (pending.length === 0) return;
    const lines = pending;
    pending = [];
    pendingChars = 0;
    try {
      // A write that failed half-way left half a line: begin on a new one.
      file.append(
        lostLines > 0 ? `\n${lossLine(lostLines)}\n${lines.join('\n')}\n` : `${lines.join('\n')}\n`,
      );
      lostLines = 0;
    } catch {
      // There is nowhere to report that reporting failed; the count is kept for later.
      lostLines += lines.length;
    }
  };

  const lossLine = (lines: number): string =>
    JSON.stringify({
      at: new Date(clock.utcMs()).toISOString(),
      level: 'warn',
      event: 'log-lines-lost',
      lines,
    });

  const write = (line: string, isUrgent: boolean): void => {
    pending.push(line);
    pendingChars += line.length;
    // An error may be the last thing this process does.
    if (isUrgent || isClosed || pendingChars > mostPendingChars) return flush();
    timer ??= setTimeout(flush, flushEveryMs).unref();
  };

  process.on('exit', flush);
  return {
    ...lineLog(clock.utcMs.bind(clock), write),
    recentLines(count = defaultRecentLines) {
      flush();
      return file.tail(count);
    },
    flush,
    close() {
      flush();
      isClosed = true;
      process.off('exit', flush);
    },
  };
}
