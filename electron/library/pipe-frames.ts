import type { RawData, WebSocket } from 'ws';

/** More than this waiting to be sent, and the other side is not read from for a while. */
const highWaterBytes = 4 * 1024 * 1024;

/** Passes every frame of either socket on to the other, until one closes; then closes both. */
export function pipeFrames(one: WebSocket, other: WebSocket): void {
  passOn(one, other);
  passOn(other, one);
}

function passOn(from: WebSocket, to: WebSocket): void {
  from.on('message', (data: RawData, isBinary: boolean) => {
    if (to.readyState !== to.OPEN) return;
    to.send(data, { binary: isBinary }, () => {
      if (from.isPaused && to.bufferedAmount < highWaterBytes) from.resume();
    });
    if (to.bufferedAmount > highWaterBytes) from.pause();
  });
  from.on('close', () => {
    to.resume();
    // "Going away": a window answers it by reconnecting.
    to.close(1001);
  });
}
