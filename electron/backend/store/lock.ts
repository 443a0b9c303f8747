import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { refuse } from '#shared/domain/failure.ts';
import { inspectLibraryFile } from './inspect.ts';
import { libraryLocation } from './location.ts';
import { newestVersion } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { explainSqliteError, explainingErrors, systemCode } from './sqlite-errors.ts';

/** How long an owner that has just taken the lock may need until it says where it can be reached. */
const defaultPatienceMs = 5_000;
const retryMs = 25;

/** Where the process that has a library open can be reached, and what it wants to be shown. */
export interface OwnerAddress {
  readonly socketPath: string;
  readonly token: string;
}

export interface OwnedLibrary {
  readonly kind: 'owner';
  /** Tells other processes of this user where to attach. Throws `AppError` `disk-full` or `disk-failed`. */
  publish(address: OwnerAddress): void;
  /** Gives the library up. The system does the same when this process ends, however it ends. */
  release(): void;
}

export interface HeldLibrary {
  readonly kind: 'held';
  /**
   * Waits until the owner has told its address. It may be that of an owner which died since, for a
   * moment: who cannot connect acquires again. Throws `AppError` `library-busy` after `patienceMs`.
   */
  address(): Promise<OwnerAddress>;
}

const ownerAddress: z.ZodType<OwnerAddress> = z.object({ socketPath: z.string(), token: z.string() });

/**
 * Takes a library for this process, or says who has it. `:memory:` is never shared.
 *
 * The lock is a write transaction left open on an empty SQLite file beside the library: the system
 * drops it with the process, so there are no stale locks to tell from live ones. That file is never
 * removed, since a second process might be waiting on the old one while a third makes it anew.
 * Throws `AppError` for a file or folder that can hold no library; nothing is left beside it then.
 */
export function acquireLibraryLock(path: string, patienceMs = defaultPatienceMs): OwnedLibrary | HeldLibrary {
  if (path === ':memory:') return { kind: 'owner', publish: () => undefined, release: () => undefined };
  const library = libraryLocation(path);
  const lockPath = `${library}.lock`;
  // Where nobody ever took the lock, nobody has the file open, and looking at it is safe.
  if (!existsSync(lockPath)) inspectLibraryFile(library, newestVersion(migrations));

  const lock = explainingErrors(library, () => new Database(lockPath, { timeout: 0 }));
  try {
    // Otherwise a journal file would appear beside it, and stay when this process is killed.
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN IMMEDIATE');
  } catch (error) {
    lock.close();
    if (isBusy(error)) return { kind: 'held', address: () => waitForAddress(library, patienceMs) };
    throw explainSqliteError(error, library);
  }
  // The last owner may have died with its address on the door.
  rmSync(attachPath(library), { force: true });
  return {
    kind: 'owner',
    publish: (address) => writeAddress(library, address),
    release() {
      if (!lock.open) return;
      rmSync(attachPath(library), { force: true });
      lock.close();
    },
  };
}

function attachPath(library: string): string {
  return `${library}.attach.json`;
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function writeAddress(library: string, address: OwnerAddress): void {
  const partial = `${attachPath(library)}.partial`;
  try {
    rmSync(partial, { force: true });
    writeFileSync(partial, JSON.stringify(address), { mode: 0o600, flag: 'wx' });
    renameSync(partial, attachPath(library));
  } catch (error) {
    const reason = systemCode(error);
    if (reason === null) throw error;
    if (reason === 'ENOSPC') throw refuse('disk-full', { path: library }, { cause: error });
    throw refuse('disk-failed', { path: library, reason }, { cause: error });
  }
}

async function waitForAddress(library: string, patienceMs: number): Promise<OwnerAddress> {
  const startedMs = performance.now();
  for (;;) {
    const address = readAddress(library);
    if (address) return address;
    if (performance.now() - startedMs > patienceMs) throw refuse('library-busy', { path: library });
    await wait(retryMs);
  }
}

function readAddress(library: string): OwnerAddress | null {
  try {
    return ownerAddress.parse(JSON.parse(readFileSync(attachPath(library), 'utf8')));
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    // Someone else's scribble in its place tells no more than none.
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    // Another user's owner: its address is not ours to read.
    if (systemCode(error) === 'EACCES') throw refuse('library-busy', { path: library }, { cause: error });
    throw error;
  }
}
