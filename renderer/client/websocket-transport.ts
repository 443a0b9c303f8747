import { RPCLink } from '@orpc/client/websocket';
import type { LinkEnd, OpenLink, OpenResult, Transport } from './transport.ts';

/** The close code with which the browser shell says that this window has no valid cookie. */
export const unauthorizedCloseCode = 4401;

/**
 * The browser shell's WebSocket. `isRefused` is asked when a socket never opened: browsers hide the
 * status of a refused upgrade, so a plain request to the same shell has to tell "no cookie" from "not there".
 */
export function websocketTransport(url: string, isRefused: () => Promise<boolean>): Transport {
  return {
    open: async () => {
      const socket = new WebSocket(url);
      socket.binaryType = 'arraybuffer';
      const link = linkOver(socket);
      const opened = await opening(socket);
      if (opened) return { kind: 'open', link };
      const reason = link.lastEnd() === 'refused' || (await isRefused()) ? 'refused' : 'lost';
      return { kind: 'failed', reason } satisfies OpenResult;
    },
  };
}

function opening(socket: WebSocket): Promise<boolean> {
  return new Promise((resolve) => {
    socket.addEventListener('open', () => resolve(true), { once: true });
    socket.addEventListener('close', () => resolve(false), { once: true });
  });
}

function linkOver(socket: WebSocket): OpenLink & { lastEnd(): LinkEnd | null } {
  let end: LinkEnd | null = null;
  const listeners = new Set<(reason: LinkEnd) => void>();
  socket.addEventListener('close', (event) => {
    end = event.code === unauthorizedCloseCode ? 'refused' : 'lost';
    for (const listener of listeners) listener(end);
    listeners.clear();
  });
  return {
    link: new RPCLink({ websocket: socket }),
    isOpen: () => end === null && socket.readyState === WebSocket.OPEN,
    onClosed: (listener) => {
      if (end !== null) listener(end);
      else listeners.add(listener);
    },
    lastEnd: () => end,
    close: () => socket.close(),
  };
}
