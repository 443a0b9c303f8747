import { endLike, follow } from './hand-over.mjs';
import { root, say } from './paths.mjs';

/** A program that ends by itself within this time, and not well, has not shown a window. */
const atOnceMs = 10_000;

/**
 * Runs Electron on this checkout until it ends. Returns false, after a sentence, when it could not start.
 *
 * @param {string} binary @param {string[]} args
 */
export async function runDesktop(binary, args, { app = root, env = process.env, nowMs = Date.now } = {}) {
  const startedMs = nowMs();
  const ended = await start(binary, [app, ...args], env);
  const elapsedMs = nowMs() - startedMs;
  if (ended.kind === 'ended' && (endedWell(ended) || elapsedMs > atOnceMs)) {
    endLike(ended);
    return true;
  }
  say(`Electron could not start (${howItEnded(ended)}); Scholium opens in the browser instead.`);
  return false;
}

/**
 * @typedef {{ kind: 'ended', code: number | null, signal: string | null, wasAsked: boolean }} Ended
 * @param {string} binary @param {string[]} args @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Ended | { kind: 'refused', code: string }>}
 */
async function start(binary, args, env) {
  // Set by editors' terminals: with it Electron is a bare Node.
  const { ELECTRON_RUN_AS_NODE: _bare, ...clean } = env;
  try {
    return { kind: 'ended', ...(await follow(binary, args, { env: clean })) };
  } catch (error) {
    // A loader or library that this system lacks.
    if (error.code === 'ENOENT' || error.code === 'EACCES') return { kind: 'refused', code: error.code };
    throw error;
  }
}

/** @param {Ended} ended */
function endedWell({ code, signal, wasAsked }) {
  return wasAsked || code === 0 || ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'].includes(String(signal));
}

/** @param {Ended | { kind: 'refused', code: string }} ended */
function howItEnded(ended) {
  if (ended.kind === 'refused') return ended.code;
  return ended.signal ?? `code ${ended.code}`;
}
