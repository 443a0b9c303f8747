import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot, root, say, SetupProblem } from './paths.mjs';

const lockFile = inRoot('package-lock.json');
const stampFile = inRoot('node_modules', '.scholium-setup.json');

/** Whether `node_modules` holds what the lockfile asks for; looks at local files only. */
export function isInstalled() {
  const wanted = wantedStamp();
  if (readText(stampFile) === wanted) return true;
  if (!npmInstalledTheSame()) return false;
  fs.writeFileSync(stampFile, wanted);
  return true;
}

/** `npm ci` without lifecycle scripts; its output goes to stderr. Throws `SetupProblem`. */
export function install() {
  say('installing the dependencies named in package-lock.json (npm ci --ignore-scripts)');
  const npm = npmCommand();
  const result = spawnSync(
    npm.command,
    [
      ...npm.args,
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    { cwd: root, stdio: ['ignore', 2, 2], shell: npm.shell, env: withoutOuterProject(process.env) },
  );
  if (result.error || result.status !== 0) throw new SetupProblem(describeFailure(result));
  fs.writeFileSync(stampFile, wantedStamp());
}

function wantedStamp() {
  const lockHash = createHash('sha256').update(fs.readFileSync(lockFile)).digest('hex');
  return `${JSON.stringify({ lockHash, platform: process.platform, arch: process.arch })}\n`;
}

/**
 * Someone ran npm by hand: npm leaves a copy of what it installed inside node_modules. Optional
 * packages may be absent from it: most are for other platforms.
 */
function npmInstalledTheSame() {
  const installed = readText(inRoot('node_modules', '.package-lock.json'));
  if (installed === null) return false;
  const have = JSON.parse(installed).packages;
  const want = JSON.parse(fs.readFileSync(lockFile, 'utf8')).packages;
  return Object.entries(want).every(([place, entry]) => {
    if (place === '') return true;
    if (!have[place]) return entry.optional === true;
    return have[place].version === entry.version && have[place].integrity === entry.integrity;
  });
}

/** The npm that runs us where there is one, under the Node that runs it: ours is about to be replaced. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /^npm-cli\.[cm]?js$/.test(path.basename(script)) && fs.existsSync(script)) {
    return { command: npmNode(), args: [script], shell: false };
  }
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

function npmNode() {
  const node = process.env.npm_node_execpath;
  return node && fs.existsSync(node) ? node : process.execPath;
}

/** `npm --prefix ELSEWHERE start` must not send our install elsewhere. */
function withoutOuterProject(env) {
  const { npm_config_prefix: _prefix, npm_config_local_prefix: _local, ...rest } = env;
  return rest;
}

function describeFailure(result) {
  if (result.error && result.error.code === 'ENOENT') {
    return 'npm was not found; it comes with Node from https://nodejs.org.';
  }
  const ended = result.signal ? `was stopped by ${result.signal}` : `ended with code ${result.status}`;
  return (
    `npm ci ${result.error ? `could not run (${result.error.message})` : ended}; its messages are above. ` +
    'Nothing is kept of a failed install: mend the cause (often the network) and start again.'
  );
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  }
}
