import fs from 'node:fs';
import path from 'node:path';
import { fetchElectron, findElectron, rememberedFailure } from './electron-binary.mjs';

/** How long the one attempt to fetch Electron may keep a start waiting. */
const fetchCapMs = 60_000;
/** What only the browser shell can do; asking for it is asking for that shell. */
const browserOptions = ['--browser', '--port', '--no-open', '--json'];
const instead = 'Scholium opens in the browser instead';

/**
 * @typedef {{ kind: 'desktop', binary: string } | { kind: 'browser', why: string | null }} Shell
 * @typedef {{ kind: 'fetched', binary: string } | { kind: 'failed', reason: string }} Fetched
 * @typedef {{
 *   platform: NodeJS.Platform,
 *   env: NodeJS.ProcessEnv,
 *   isRoot: boolean,
 *   kernelSetting: (name: string) => string | null,
 *   findElectron: () => string | null,
 *   ownsSetuid: (file: string) => boolean,
 *   rememberedFailure: () => string | null,
 *   fetchElectron: () => Promise<Fetched>,
 * }} Machine
 */

/**
 * Which window `npm start` opens. Nothing is downloaded where Electron could not run anyway, and nothing
 * is tried twice by itself.
 *
 * @param {string[]} args @param {Machine} machine
 * @returns {Promise<Shell>}
 */
export async function chooseShell(args, machine) {
  if (args.some((arg) => browserOptions.includes(arg.split('=')[0]))) return browser(null);
  const obstacle = obstacleTo(machine);
  if (obstacle) return browser(obstacle);
  const installed = machine.findElectron();
  const locked = sandboxObstacle(machine, installed);
  if (locked) return browser(locked);
  if (installed) return { kind: 'desktop', binary: installed };
  const before = machine.rememberedFailure();
  if (before) return browser(notFetched(before));
  const outcome = await machine.fetchElectron();
  return outcome.kind === 'fetched'
    ? { kind: 'desktop', binary: outcome.binary }
    : browser(notFetched(outcome.reason));
}

/** @returns {Machine} */
export function thisMachine(node) {
  return {
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    kernelSetting: (name) => readTrimmed(`/proc/sys/${name}`),
    findElectron: () => findElectron(),
    ownsSetuid,
    rememberedFailure,
    fetchElectron: () => fetchElectron(node, { capMs: fetchCapMs }),
  };
}

/** @param {string | null} why @returns {Shell} */
const browser = (why) => ({ kind: 'browser', why });

const notFetched = (reason) =>
  `Electron could not be fetched (${reason}); ${instead}. \`npm run electron:install\` tries again.`;

/** @param {Machine} machine */
function obstacleTo({ platform, env, isRoot }) {
  if (!hasDisplay(platform, env)) return `There is no display here; ${instead}.`;
  if (platform === 'linux' && isRoot)
    return `Electron's sandbox does not start for the user root; ${instead}.`;
  return null;
}

/** @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} env */
function hasDisplay(platform, env) {
  if (platform === 'darwin' || platform === 'win32') return !env['SSH_CONNECTION'];
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

/**
 * On Linux the sandbox needs user namespaces, or its helper owned by root with the setuid bit. A helper
 * that npm has fetched never has it.
 *
 * @param {Machine} machine @param {string | null} binary
 */
function sandboxObstacle({ platform, kernelSetting, ownsSetuid }, binary) {
  if (platform !== 'linux') return null;
  const helper = binary && path.join(path.dirname(binary), 'chrome-sandbox');
  if (helper && ownsSetuid(helper)) return null;
  const cause =
    kernelSetting('kernel/apparmor_restrict_unprivileged_userns') === '1'
      ? 'AppArmor keeps'
      : kernelSetting('kernel/unprivileged_userns_clone') === '0' ||
          kernelSetting('user/max_user_namespaces') === '0'
        ? 'this kernel’s settings keep'
        : null;
  if (cause === null) return null;
  return `${cause} Electron's sandbox from starting; ${instead}. The README says how to let it start.`;
}

function ownsSetuid(file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && stat.uid === 0 && (stat.mode & 0o4000) !== 0;
}

function readTrimmed(file) {
  try {
    return fs.readFileSync(file, 'utf8').trim();
  } catch (error) {
    // A kernel without this setting, or one that keeps it to itself.
    if (['ENOENT', 'EACCES', 'EPERM', 'ENOTDIR'].includes(error.code)) return null;
    throw error;
  }
}
