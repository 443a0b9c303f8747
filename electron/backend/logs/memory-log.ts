import { systemClock } from '../clock.ts';
import type { Log } from './log.ts';
import { lineLog } from './log-line.ts';

export interface MemoryLog extends Log {
  /** The newest lines as JSON; oldest first. */
  recentLines(count?: number): string[];
}

const mostLines = 1_000;
const defaultRecentLines = 50;

/** A log that is gone with the process: for tests, and for work on a library in memory. */
export function createMemoryLog(utcMs: () => number = () => systemClock.utcMs()): MemoryLog {
  let lines: string[] = [];
  return {
    ...lineLog(utcMs, (line) => {
      lines.push(line);
      if (lines.length > 2 * mostLines) lines = lines.slice(-mostLines);
    }),
    recentLines: (count = defaultRecentLines) => lines.slice(-count),
  };
}
