import { RPCLink } from '@orpc/client/message-port';
import type { LinkEnd, OpenLink, Transport } from './transport.ts';

/**
 * Message ports, one per link: `nextPort` hands out a fresh one each time a link is opened.
 * `onReplaced` is told when the present one leads nowhere any more, should the port itself not say so.
 */
export function portTransport(
  nextPort: () => Promise<MessagePort>,
  onReplaced: (listener: () => void) => void = () => undefined,
): Transport {
  let current: OpenLink | null = null;
  onReplaced(() => current?.close());
  return {
    open: async () => {
      const port = await nextPort();
      const link = linkOver(port);
      current = link;
      port.start();
      return { kind: 'open', link };
    },
  };
}

function linkOver(port: MessagePort): OpenLink {
  let end: LinkEnd | null = null;
  const listeners = new Set<(reason: LinkEnd) => void>();
  const ended = (): void => {
    if (end !== null) return;
    end = 'lost';
    for (const listener of listeners) listener(end);
    listeners.clear();
  };
  port.addEventListener('close', ended);
  return {
    link: new RPCLink({ port }),
    isOpen: () => end === null,
    onClosed: (listener) => {
      if (end !== null) listener(end);
      else listeners.add(listener);
    },
    // A port tells only its other side that it was closed.
    close: () => {
      port.close();
      ended();
    },
  };
}
