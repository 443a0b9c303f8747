import { fromBackend, toBackend } from '#shared/desktop/process-messages.ts';
import type { FromBackend, ToBackend } from '#shared/desktop/process-messages.ts';
import type { FramePort } from '#library/frame-port.ts';

/** The part of Electron's `process.parentPort` that is used here; plain Node has none. */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly FramePort[] }) => void,
  ): unknown;
  postMessage(message: unknown): void;
}

/** The shell that started this process. */
export interface Parent {
  send(message: FromBackend): void;
  /** Called with each message of the shell, in order, and with the ports that came along. */
  listen(listener: (message: ToBackend, ports: readonly FramePort[]) => void): void;
}

/** Throws when this process was not started by a shell that speaks to it. */
export function findParent(): Parent {
  const port: unknown = Reflect.get(process, 'parentPort');
  if (!isParentPort(port)) throw new Error('Only the desktop shell starts this program.');
  return {
    send: (message) => port.postMessage(fromBackend.parse(message)),
    listen: (listener) =>
      void port.on('message', ({ data, ports }) => listener(toBackend.parse(data), ports)),
  };
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'postMessage' in value && 'on' in value;
}
