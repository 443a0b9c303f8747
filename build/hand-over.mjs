import { spawn } from 'node:child_process';
import os from 'node:os';

const forwarded = ['SIGTERM', 'SIGHUP', 'SIGINT'];

/**
 * Runs `node script …args` in this process's place: same streams, signals passed on, and the same end
 * (exit code, or death by the same signal).
 *
 * @returns {Promise<void>}
 */
export function handOver(node, script, args, { env = process.env } = {}) {
  const child = spawn(node, [script, ...args], { stdio: 'inherit', env });
  for (const signal of forwarded) process.on(signal, () => passOn(child, signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      endLike(code, signal);
      resolve();
    });
  });
}

function passOn(child, signal) {
  // Ctrl+C reaches every process of the terminal's group by itself; twice would mean "at once".
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}

function endLike(code, signal) {
  if (signal === null) {
    process.exitCode = code;
    return;
  }
  for (const name of forwarded) process.removeAllListeners(name);
  process.exitCode = 128 + (os.constants.signals[signal] ?? 0);
  if (process.platform !== 'win32') process.kill(process.pid, signal);
}
