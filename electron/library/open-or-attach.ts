import { setTimeout as wait } from 'node:timers/promises';
import type { BackendOptions } from '#backend/backend.ts';
import { acquireLibraryLock } from '#backend/store/index.ts';
import { refuse } from '#shared/domain/failure.ts';
import { openAttachedDoor } from './attached-door.ts';
import type { LibraryDoor } from './door.ts';
import { openOwnDoor } from './owner-door.ts';

/** How long an owner that is starting or ending may leave us without an answer. */
const patienceMs = 10_000;
const retryMs = 50;

/**
 * Opens the library in this process, or attaches to the process that has it open already. Throws
 * `AppError`: whatever opening refuses, or `library-busy` when its owner does not answer.
 */
export async function openOrAttach(options: BackendOptions): Promise<LibraryDoor> {
  if (options.libraryPath === ':memory:') return openOwnDoor(options, null);
  const startedMs = performance.now();
  for (;;) {
    const lock = acquireLibraryLock(options.libraryPath);
    if (lock.kind === 'owner') return openOwnDoor(options, lock);
    const door = await openAttachedDoor(await lock.address());
    if (door !== null) return door;
    // The owner ended between writing its address and our knocking: its lock is free in a moment.
    if (performance.now() - startedMs > patienceMs)
      throw refuse('library-busy', { path: options.libraryPath });
    await wait(retryMs);
  }
}
