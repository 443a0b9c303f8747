import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { connect } from 'node:net';
import type { WebSocket as LinkSocket } from 'undici';
import { WebSocket } from 'ws';
import type { BackendClient } from '#shared/contract/index.ts';
import type { DoorAddress, LibraryDoor } from './door.ts';
import { pipeFrames } from './pipe-frames.ts';
import { pipePortToSocket } from './pipe-port.ts';

/** An owner on the same machine answers within milliseconds, or is gone or stopped. */
const connectTimeoutMs = 5_000;

const url = 'ws://localhost/rpc';

/** Reaches a library through the process that has it open; `null` when nobody answers there (any more). */
export async function openAttachedDoor(address: DoorAddress): Promise<LibraryDoor | null> {
  const own = await openLink(address);
  if (own === null) return null;
  const client: BackendClient = createORPCClient(new RPCLink({ websocket: own.socket }));
  const upstreams = new Set<WebSocket>();
  const newUpstream = (): WebSocket => {
    const upstream = upstreamTo(address);
    upstreams.add(upstream);
    upstream.on('close', () => upstreams.delete(upstream));
    return upstream;
  };
  return {
    kind: 'attached',
    client,
    ownerGone: own.closed,
    pipe(socket) {
      // Frames that come before the owner answers wait in the window's own connection.
      socket.pause();
      const upstream = newUpstream();
      upstream.on('error', () => upstream.terminate());
      pipeFrames(socket, upstream);
      upstream.once('open', () => socket.resume());
    },
    pipePort: (port) => pipePortToSocket(port, newUpstream()),
    async close() {
      for (const upstream of upstreams) upstream.terminate();
      own.socket.close();
      await own.closed;
    },
  };
}

interface Link {
  readonly socket: LinkSocket;
  readonly closed: Promise<void>;
}

/** Our own calls' connection; its end is how we learn that the owner is gone. */
async function openLink({ socketPath, token }: DoorAddress): Promise<Link | null> {
  // Only who attaches needs it: most starts do not.
  const { Agent, WebSocket: OpenSocket } = await import('undici');
  const dispatcher = new Agent({ connect: { socketPath, timeout: connectTimeoutMs } });
  const socket = new OpenSocket(url, { dispatcher, headers: bearer(token) });
  // The link reads text and bytes alike, and is spared from waiting for a Blob.
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => {
      void dispatcher.destroy();
      resolve();
    });
  });
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve({ socket, closed }));
    void closed.then(() => resolve(null));
  });
}

function upstreamTo({ socketPath, token }: DoorAddress): WebSocket {
  return new WebSocket(url, {
    createConnection: () => connect(socketPath),
    headers: bearer(token),
    handshakeTimeout: connectTimeoutMs,
    perMessageDeflate: false,
    maxPayload: 0,
  });
}

function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}
