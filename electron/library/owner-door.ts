import { startBackend } from '#backend/backend.ts';
import type { Backend, BackendOptions } from '#backend/backend.ts';
import type { OwnedLibrary } from '#backend/store/index.ts';
import type { LibraryDoor } from './door.ts';
import { openOwnerSocket } from './owner-socket.ts';
import type { OwnerSocket } from './owner-socket.ts';

/**
 * Opens the library in this process, and lets others attach to it. Without a lock (a library in
 * memory) nobody else can. Throws `AppError` when it cannot be opened; the lock is given back then.
 */
export async function openOwnDoor(options: BackendOptions, lock: OwnedLibrary | null): Promise<LibraryDoor> {
  let backend: Backend | null = null;
  let socket: OwnerSocket | null = null;
  const close = async (): Promise<void> => {
    try {
      // Others leave first, so that none of their calls meets a library that is half closed.
      await socket?.close();
      await backend?.close();
    } finally {
      lock?.release();
    }
  };
  try {
    const opened = await startBackend(options);
    backend = opened;
    const pipe: LibraryDoor['pipe'] = (webSocket) => opened.serveWebSocket(webSocket);
    if (lock) {
      socket = await openOwnerSocket(pipe);
      lock.publish(socket.address);
    }
    return {
      kind: 'owner',
      client: opened.client,
      pipe,
      pipePort(port) {
        opened.servePort(port);
        port.start();
      },
      ownerGone: new Promise(() => undefined),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
