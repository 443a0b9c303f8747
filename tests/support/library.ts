import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '#backend/store/index.ts';
import type { Library } from '#backend/store/index.ts';
import { AppError } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { Clock } from '#shared/domain/time.ts';
import { silentLog } from './silent-log.ts';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  nowMs: number;
}

export function createTestClock(nowMs = Date.UTC(2026, 10, 23)): TestClock {
  return {
    nowMs,
    utcMs() {
      return this.nowMs;
    },
    monotonicMs() {
      return this.nowMs;
    },
  };
}

/** A library that is never written to a disk, or one at `path`. */
export function openTestLibrary(path = ':memory:', clock: Clock = createTestClock()): Promise<Library> {
  return openLibrary({ path, log: silentLog, clock });
}

/** A new empty folder, and the way to remove it. */
export function createTestFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'scholium-test-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The expected failure that `work` ends in; fails the test when it succeeds or throws a bug. */
export async function failureOf(work: () => unknown): Promise<Failure> {
  try {
    await work();
  } catch (error) {
    if (error instanceof AppError) return error.failure;
    throw error;
  }
  throw new Error('It succeeded, and was expected to be refused');
}
