import { spawn } from 'node:child_process';
import os from 'node:os';

const forwarded = ['SIGTERM', 'SIGHUP', 'SIGINT'];

/**
 * Runs `node script …args` in this process's place: same streams, signals passed on, and the same end
 * (exit code, or death by the same signal).
 *
 * @returns {Promise<void>}
 */
export async function handOver(node, script, args, { env = process.env } = {}) {
  endLike(await follow(node, [script, ...args], { env }));
}

/**
 * Runs a program with our streams, passes signals on to it, and resolves when it ends. `wasAsked` says
 * that a signal reached us meanwhile. Rejects when the program cannot be started.
 *
 * @returns {Promise<{ code: number | null, signal: string | null, wasAsked: boolean }>}
 */
export async function follow(command, args, { env = process.env } = {}) {
  const child = spawn(command, args, { stdio: 'inherit', env });
  let wasAsked = false;
  const listeners = forwarded.map((signal) => {
    const listener = () => {
      wasAsked = true;
      passOn(child, signal);
    };
    process.on(signal, listener);
    return () => process.removeListener(signal, listener);
  });
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve({ code, signal, wasAsked }));
    });
  } finally {
    for (const remove of listeners) remove();
  }
}

/** Ends this process as another one ended. */
export function endLike({ code, signal }) {
  if (signal === null) {
    process.exitCode = code;
    return;
  }
  process.exitCode = 128 + (os.constants.signals[signal] ?? 0);
  if (process.platform !== 'win32') process.kill(process.pid, signal);
}

function passOn(child, signal) {
  // Ctrl+C reaches every process of the terminal's group by itself; twice would mean "at once".
  if (signal === 'SIGINT' && process.stdin.isTTY) return;
  child.kill(signal);
}
