/** One end of a message channel, as Electron gives them to its processes: frames are text or bytes. */
export interface FramePort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(frame: unknown): void;
  /** Messages wait until this is called. */
  start(): void;
  close(): void;
}
