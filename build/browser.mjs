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

function downloaded(node) {
  say('no Chromium was found; asking Playwright to download one');
  return foundAfter([[node, [toolScript('playwright'), 'install', 'chromium']]]);
}

function fromDebian() {
  const isRoot = process.getuid && process.getuid() === 0;
  if (!isRoot || !fs.existsSync('/etc/debian_version')) return null;
  say('no download; installing the Debian package chromium');
  return foundAfter([
    ['apt-get', ['update']],
    ['apt-get', ['install', '-y', '--no-install-recommends', 'chromium']],
  ]);
}

function foundAfter(commands) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const [command, args] of commands) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], env });
    if (status !== 0) return null;
  }
  return findChromium();
}

function whatToDo() {
  const named = process.env.SCHOLIUM_CHROMIUM;
  if (named) return `SCHOLIUM_CHROMIUM names ${named}, which is not a program.`;
  return (
    'the tests need Chromium and none could be had. Install Chrome, Chromium or Edge, ' +
    'or set SCHOLIUM_CHROMIUM to the path of one.'
  );
}
