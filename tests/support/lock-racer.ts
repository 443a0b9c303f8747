import { acquireLibraryLock } from '#backend/store/index.ts';
import type { OwnedLibrary } from '#backend/store/index.ts';

/** `acquire PATH` answers `owner` or `held`; `publish`, `release` and `exit` do what they say. */
let owned: OwnedLibrary | null = null;

function obey(message: unknown): string {
  const [verb, path = ''] = String(message).split(' ');
  if (verb === 'acquire') {
    const lock = acquireLibraryLock(path);
    if (lock.kind === 'owner') owned = lock;
    return lock.kind;
  }
  if (verb === 'publish') owned?.publish({ socketPath: `/tmp/${process.pid}.sock`, token: 'secret' });
  if (verb === 'release') owned?.release();
  if (verb === 'exit') process.exit(0);
  return 'done';
}

process.on('message', (message) => process.send?.(obey(message)));
process.send?.('ready');
