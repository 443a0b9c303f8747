import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { WebSocket as LinkSocket } from 'undici';
import { WebSocket } from 'ws';
import type { BackendClient } from '#shared/contract/index.ts';
import type { DoorAddress, LibraryDoor } from './door.ts';
import { pipeFrames } from './pipe-frames.ts';
import { pipePortToSocket } from './pipe-port.ts';

/** An owner on the same machine answers within milliseconds, or is gone or stopped. */
const connectTimeoutMs = 5_000;
/** One that was stopped since does not say goodbye either. */
const goodbyeTimeoutMs = 500;

const url = 'ws://localhost/rpc';

/**
 * Reaches a library through the process that has it open; `null` when nobody answers there (any more),
 * or not within `timeoutMs`.
 */
export async function openAttachedDoor(
  address: DoorAddress,
  timeoutMs = connectTimeoutMs,
): Promise<LibraryDoor | null> {
  const own = await openLink(address, timeoutMs);
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
      await own.end();
    },
  };
}

interface Link {
  readonly socket: LinkSocket;
  readonly closed: Promise<void>;
  end(): Promise<void>;
}

/** Our own calls' connection; its end is how we learn that the owner is gone. */
async function openLink({ socketPath, token }: DoorAddress, timeoutMs: number): Promise<Link | null> {
  // Only who attaches needs it: most starts do not.
  const { Agent, WebSocket: OpenSocket, buildConnector } = await import('undici');
  const connectTo = buildConnector({ socketPath, timeout: timeoutMs });
  let wire: Socket | null = null;
  const dispatcher = new Agent({
    connect: (options, callback) =>
      connectTo(options, (...connected) => {
        wire = connected[1];
        callback(...connected);
      }),
    // A stopped process still takes connections; it only never says a word.
    headersTimeout: timeoutMs,
  });
  const socket = new OpenSocket(url, { dispatcher, headers: bearer(token) });
  // The link reads text and bytes alike, and is spared from waiting for a Blob.
  socket.binaryType = 'arraybuffer';
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => {
      void dispatcher.destroy();
      resolve();
    });
  });
  const end = async (): Promise<void> => {
    socket.close();
    const cut = setTimeout(() => wire?.destroy(), goodbyeTimeoutMs);
    await closed;
    clearTimeout(cut);
  };
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve({ socket, closed, end }));
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
