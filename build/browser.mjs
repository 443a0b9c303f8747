import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { findChromium } from './chromium.mjs';
import { root, say, SetupProblem } from './paths.mjs';
import { toolScript } from './tools.mjs';

/**
 * Path of a Chromium for the tests: one that is here, else Playwright's download, else Debian's
 * package where we are root. Throws `SetupProblem`.
 *
 * @returns {string}
 */
export function ensureChromium(node) {
  const found = findChromium();
  if (found) return found;
  // Whoever names one wants that one: no other is fetched in its place.
  if (process.env.SCHOLIUM_CHROMIUM) throw new SetupProblem(whatToDo());
  const fetched = downloaded(node) ?? fromDebian();
  if (fetched) return fetched;
  throw new SetupProblem(whatToDo());
}

/** A download may lack the system's libraries; Debian's package brings them. */
function downloaded(node) {
  say('no Chromium was found; asking Playwright to download one');
  if (!run(node, [toolScript('playwright'), 'install', 'chromium'])) return null;
  const found = findChromium();
  return found && (process.platform !== 'linux' || run(found, ['--version'])) ? found : null;
}

function fromDebian() {
  const isRoot = process.getuid && process.getuid() === 0;
  if (!isRoot || !fs.existsSync('/etc/debian_version')) return null;
  say('that gave none that starts; installing the Debian package chromium');
  const packages = ['install', '-y', '--no-install-recommends', 'chromium'];
  if (!run('apt-get', ['update']) || !run('apt-get', packages)) return null;
  const debians = '/usr/bin/chromium';
  return fs.existsSync(debians) ? debians : null;
}

function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env }).status === 0;
}

function whatToDo() {
  const named = process.env.SCHOLIUM_CHROMIUM;
  if (named) return `SCHOLIUM_CHROMIUM names ${named}, which is not a program.`;
  return (
    'the tests need Chromium and none could be had. Install Chrome, Chromium or Edge, ' +
    'or set SCHOLIUM_CHROMIUM to the path of one.'
  );
}
