import type { WebSocket } from 'ws';

/** How often each connection is asked whether it is still there. */
const heartbeatMs = 30_000;

/**
 * Pings `socket` and cuts it when a whole interval passes without an answer: a laptop that was shut
 * leaves its connections open for ever otherwise, and their streams running.
 */
export function keepAlive(socket: WebSocket, intervalMs: number = heartbeatMs): void {
  let hasAnswered = true;
  socket.on('pong', () => {
    hasAnswered = true;
  });
  const timer = setInterval(() => {
    if (!hasAnswered) {
      socket.terminate();
      return;
    }
    hasAnswered = false;
    socket.ping();
  }, intervalMs);
  timer.unref();
  socket.on('close', () => clearInterval(timer));
}
