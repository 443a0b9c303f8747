import type { RawData, WebSocket } from 'ws';
import type { FramePort } from './frame-port.ts';

/**
 * Passes every frame of a window's port on to a WebSocket that is being opened, and back, until either
 * closes; then closes both. The contract's frames are the same on both.
 */
export function pipePortToSocket(port: FramePort, socket: WebSocket): void {
  port.on('message', ({ data }) => {
    if (socket.readyState !== socket.OPEN) return;
    if (typeof data === 'string' || data instanceof Uint8Array || data instanceof ArrayBuffer) {
      socket.send(data);
    }
  });
  port.on('close', () => socket.close(1001));
  socket.on('message', (data: RawData, isBinary: boolean) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : new Uint8Array(data);
    port.postMessage(isBinary ? new Uint8Array(bytes) : new TextDecoder().decode(bytes));
  });
  socket.on('close', () => port.close());
  socket.on('error', () => socket.terminate());
  // What the window says before its library's owner answers waits in the port.
  socket.once('open', () => port.start());
}
