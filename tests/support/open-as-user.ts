import { acquireLibraryLock, openLibrary } from '#backend/store/index.ts';
import { AppError } from '#shared/domain/failure.ts';
import { createTestClock } from './library.ts';
import { silentLog } from './silent-log.ts';

// Permissions mean nothing to root: become somebody they do mean something to.
if (process.getuid?.() === 0) process.setuid?.(65_534);

/** Prints the failures of locking and of opening the library named by the first argument. */
const path = process.argv[2] ?? '';
const outcomes = [];
for (const work of [
  () => Promise.resolve(acquireLibraryLock(path)),
  () => openLibrary({ path, log: silentLog, clock: createTestClock() }),
]) {
  try {
    await work();
    outcomes.push('opened');
  } catch (error) {
    outcomes.push(error instanceof AppError ? error.failure.code : String(error));
  }
}
process.stdout.write(JSON.stringify(outcomes));
