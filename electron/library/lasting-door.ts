import type { WebSocket } from 'ws';
import type { Log } from '#backend/logs/log.ts';
import type { BackendClient } from '#shared/contract/index.ts';
import type { LibraryDoor } from './door.ts';
import type { FramePort } from './frame-port.ts';

/** A way to the library that outlives the process which has it open. */
export interface LastingDoor {
  pipe(socket: WebSocket): void;
  pipePort(port: FramePort): void;
  /** Of whoever has the library open by now; calls fail once that one is gone. */
  client(): Promise<BackendClient>;
  /** Fulfilled with the reason when the library could not be opened again. */
  readonly lost: Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Opens a door with `open`, and again whenever the owner behind it went away: whoever was attached
 * takes the library over, or attaches to the one that did. Windows are cut by that and reconnect.
 */
export async function openLastingDoor(open: () => Promise<LibraryDoor>, log: Log): Promise<LastingDoor> {
  let isClosing = false;
  let current: Promise<LibraryDoor>;
  let tellLost: (reason: unknown) => void = () => undefined;
  const lost = new Promise<unknown>((resolve) => {
    tellLost = resolve;
  });
  const follow = (door: LibraryDoor): void => {
    void door.ownerGone.then(() => {
      if (isClosing) return;
      log.info('library-owner-gone');
      current = open();
      current.then(
        (next) => {
          log.info('library-reopened', { kind: next.kind });
          follow(next);
        },
        (error: unknown) => tellLost(error),
      );
    });
  };
  const first = await open();
  current = Promise.resolve(first);
  follow(first);

  return {
    lost,
    pipe(socket) {
      // What a window says while the library changes hands waits in its connection.
      socket.pause();
      current.then(
        (door) => {
          door.pipe(socket);
          if (door.kind === 'owner') socket.resume();
        },
        () => socket.close(1011),
      );
    },
    pipePort(port) {
      current.then(
        (door) => door.pipePort(port),
        () => port.close(),
      );
    },
    client: async () => (await current).client,
    async close() {
      isClosing = true;
      const door = await current.catch(() => null);
      await door?.close();
    },
  };
}
