import { fork } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { whileAlone } from './lock.mjs';
import { inRoot, say } from './paths.mjs';

const downloader = fileURLToPath(new URL('./electron-download.mjs', import.meta.url));
const failureFile = inRoot('out', 'electron-not-fetched.json');
const packageFolder = inRoot('node_modules', 'electron');

/**
 * Path of Electron's program, or null. Looks at files only: importing the package `electron` to find out
 * would start a download.
 *
 * @returns {string | null}
 */
export function findElectron(folder = packageFolder) {
  // Written last of all, when everything else has been unpacked.
  const program = readText(path.join(folder, 'path.txt'));
  if (!program) return null;
  const binary = path.join(folder, 'dist', program.trim());
  return fs.existsSync(binary) ? binary : null;
}

/** Why Electron's last download failed, unless another version is wanted now. @returns {string | null} */
export function rememberedFailure() {
  const text = readText(failureFile);
  if (text === null) return null;
  try {
    const { version, reason, at } = JSON.parse(text);
    return version === wantedVersion() ? `${reason}, ${String(at).slice(0, 10)}` : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/**
 * Downloads Electron once, with progress on stderr. A failure is remembered, so that no later start waits
 * for the network; `again` tries all the same.
 *
 * @returns {Promise<{ kind: 'fetched', binary: string } | { kind: 'failed', reason: string }>}
 */
export function fetchElectron(node, { capMs, again = false }) {
  return whileAlone(
    async () => {
      const already = findElectron();
      if (already) return { kind: 'fetched', binary: already };
      // Another start may have tried while this one waited.
      const before = again ? null : rememberedFailure();
      if (before) return { kind: 'failed', reason: before };
      say(`fetching Electron ${wantedVersion()}, once (about 120 MB)`);
      const reason = await download(node, capMs);
      const binary = findElectron();
      if (reason === null && binary) {
        fs.rmSync(failureFile, { force: true });
        return { kind: 'fetched', binary };
      }
      const failure = reason ?? 'what was fetched holds no program';
      remember(failure);
      return { kind: 'failed', reason: failure };
    },
    inRoot('out', 'electron.lock'),
  );
}

/** @returns {Promise<string | null>} the reason why it failed */
function download(node, capMs) {
  const child = fork(downloader, {
    execPath: node,
    execArgv: [],
    stdio: ['ignore', 2, 2, 'ipc'],
    // Node's own `fetch` heeds HTTPS_PROXY only when told to.
    env: { ...process.env, NODE_USE_ENV_PROXY: '1' },
  });
  /** @type {string | null} */
  let reason = null;
  /** @type {NodeJS.Timeout | null} */
  let cap = null;
  return new Promise((resolve, reject) => {
    if (Number.isFinite(capMs)) {
      cap = setTimeout(() => {
        reason = `not done within ${Math.round(capMs / 1000)} s`;
        child.kill('SIGKILL');
      }, capMs);
    }
    child.on('message', (message) => {
      if (typeof message === 'string') reason = message;
    });
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (cap) clearTimeout(cap);
      resolve(code === 0 ? null : (reason ?? `the download ended with ${signal ?? `code ${code}`}`));
    });
  });
}

function remember(reason) {
  const failure = { version: wantedVersion(), reason, at: new Date().toISOString() };
  fs.writeFileSync(failureFile, `${JSON.stringify(failure)}\n`);
}

function wantedVersion() {
  return JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8')).version;
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  }
}
