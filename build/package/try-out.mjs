// `npm run package:try [-- PROGRAM …]`: starts the packaged app on an empty library and has the command
// line work through it: list, run a problem, print. So its window, its backend and its workers are
// tried as they are installed, with their fuses set. Needs a display.
import { execFile, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { handOver } from '../hand-over.mjs';
import { inRoot, main, say, SetupProblem } from '../paths.mjs';
import { ensureReady } from '../setup.mjs';

const startWithinMs = 60_000;
const endWithinMs = 20_000;
const pollEveryMs = 100;

await main(async () => {
  const node = await ensureReady();
  if (node === process.execPath) await tryOut(process.argv.slice(2));
  else await handOver(node, fileURLToPath(import.meta.url), process.argv.slice(2));
});

async function tryOut([program = packagedProgram(), ...args]) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'scholium-try-'));
  const { ELECTRON_RUN_AS_NODE: _bare, ...outer } = process.env;
  const env = { ...outer, SCHOLIUM_DATA_FOLDER: folder };
  const app = spawn(program, args, { env, stdio: ['ignore', 2, 2] });
  try {
    await opened(app, path.join(folder, 'library.scholium.attach.json'));
    await work(env, path.join(folder, 'page.pdf'));
    await end(app);
    say(`${path.basename(program)} opened a library, answered, ran a problem, printed and ended.`);
  } finally {
    app.kill('SIGKILL');
    fs.rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** Every command attaches to the app, which has the library open. */
async function work(env, pdf) {
  const scholium = async (...args) => {
    const cli = inRoot('dist', 'backend', 'cli.js');
    const { stdout } = await promisify(execFile)(process.execPath, [cli, ...args], { env });
    return stdout;
  };
  const [notebook] = JSON.parse(await scholium('list', '--json'));
  if (!notebook) throw new SetupProblem('the new library has no notebook.');
  const answers = await scholium('run', notebook.notebookId, '--provider', 'solver', '--cell', '1');
  if (answers.trim() === '') throw new SetupProblem('the solver gave no answer.');
  await scholium('export', notebook.notebookId, '--to', 'pdf', '--output', pdf);
  if (!fs.readFileSync(pdf).subarray(0, 5).equals(Buffer.from('%PDF-'))) {
    throw new SetupProblem('what was printed is no PDF.');
  }
}

/** Resolves when the app has its library open and tells others where to find it. */
async function opened(app, addressFile) {
  /** @type {string[]} */
  const failures = [];
  app.once('error', (error) => failures.push(error.message));
  app.once('exit', (code, signal) => failures.push(`it ended with ${signal ?? `code ${code}`}`));
  const until = Date.now() + startWithinMs;
  while (!fs.existsSync(addressFile)) {
    if (failures.length > 0)
      throw new SetupProblem(`the packaged app did not open a library: ${failures[0]}.`);
    if (Date.now() > until) throw new SetupProblem('the packaged app did not open a library in time.');
    await new Promise((resolve) => setTimeout(resolve, pollEveryMs));
  }
}

/** Asked to end, it must do so by itself. Windows knows no asking from outside. */
async function end(app) {
  if (process.platform === 'win32') return;
  const ended = new Promise((resolve) => app.once('exit', () => resolve(true)));
  app.kill('SIGTERM');
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(() => resolve(false), endWithinMs)));
  const isInTime = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (!isInTime) throw new SetupProblem('the packaged app did not end when it was asked to.');
}

function packagedProgram() {
  const inside = {
    darwin: 'mac*/Scholium.app/Contents/MacOS/Scholium',
    win32: 'win*-unpacked/Scholium.exe',
    linux: 'linux*-unpacked/scholium',
  };
  const [found] = fs.globSync(inside[process.platform] ?? '', { cwd: inRoot('out', 'packages') });
  if (!found) throw new SetupProblem('there is no packaged app; `npm run package -- --dir` makes one.');
  return inRoot('out', 'packages', found);
}
