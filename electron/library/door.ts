import type { WebSocket } from 'ws';
import type { BackendClient } from '#shared/contract/index.ts';
import type { FramePort } from './frame-port.ts';

/** The way to an open library, whether this process has it open or another one. */
export interface LibraryDoor {
  /** `attached`: another process has the library open and answers for it. */
  readonly kind: 'owner' | 'attached';
  readonly client: BackendClient;
  /** Answers the contract on a window's WebSocket until either side closes it. */
  pipe(socket: WebSocket): void;
  /** The same on one end of a message channel; starts it. */
  pipePort(port: FramePort): void;
  /** Fulfilled when the library's owner went away; stays pending while we own it. */
  readonly ownerGone: Promise<void>;
  close(): Promise<void>;
}

/** Where the owner of a library can be reached, as its lock file says. */
export interface DoorAddress {
  /** A Unix socket's path, or a Windows pipe's name. */
  readonly socketPath: string;
  readonly token: string;
}
