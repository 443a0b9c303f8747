import type { BackendOptions } from '#backend/backend.ts';
import { refusalIn } from '#shared/contract/refusal.ts';
import { commandLine } from '#shared/messages/command-line.ts';
import { openOrAttach } from '#server/index.ts';
import type { LibraryDoor } from '#server/index.ts';
import { LostOwnerError } from './lost-owner-error.ts';

/** Opens the library (or attaches to it) for as long as `work` takes. */
export async function withDoor<Result>(
  options: BackendOptions,
  work: (door: LibraryDoor) => Promise<Result>,
): Promise<Result> {
  const door = await openOrAttach(options);
  let isOwnerGone = false;
  void door.ownerGone.then(() => {
    isOwnerGone = true;
  });
  try {
    return await work(door);
  } catch (error) {
    // A call that was cut off fails in whatever way its transport does.
    if (isOwnerGone && refusalIn(error) === null) throw new LostOwnerError(commandLine.ownerGone, error);
    throw error;
  } finally {
    await door.close();
  }
}
