import type { ClientContext, ClientLink } from '@orpc/client';

/** One live way to the backend. It never comes back once closed: a new one is opened instead. */
export interface OpenLink {
  readonly link: ClientLink<ClientContext>;
  isOpen(): boolean;
  /** Tells once that the link is gone; at once when it already is. */
  onClosed(listener: (reason: LinkEnd) => void): void;
  close(): void;
}

/** `refused`: the backend wants the address's token first, and trying again is of no use. */
export type LinkEnd = 'lost' | 'refused';

export type OpenResult =
  { readonly kind: 'open'; readonly link: OpenLink } | { readonly kind: 'failed'; readonly reason: LinkEnd };

/** A kind of way to the backend: a WebSocket, a message port. */
export interface Transport {
  open(): Promise<OpenResult>;
}
