// Runs under the program's own Node, started by dev.mjs: builds on every change, starts the server
// anew when the backend changed, and has the window reload itself.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { backendBundle, printBundle, windowBundle } from './bundles.mjs';
import { openEntrance, reloadWhenBuilt } from './dev-reload.mjs';
import { inRoot, say } from './paths.mjs';

const serveArgs = process.argv.slice(2);
const dist = inRoot('dist');
// Emptying the folder at each build would take the page away from under the window.
const watching = { watch: {}, minify: false, emptyOutDir: false };

fs.rmSync(dist, { recursive: true, force: true });
const entrance = await openEntrance();
/** @type {import('node:child_process').ChildProcess | null} */
let server = null;
/** @type {number | null} */
let port = null;

const window = windowBundle(dist, watching);
window.plugins = [...(window.plugins ?? []), reloadWhenBuilt(entrance.url)];

const built = await Promise.all([
  watch('window', window),
  watch('print', printBundle(dist, watching)),
  watch('backend', backendBundle(dist, watching), () => startServer()),
]);
await startServer();
process.once('SIGINT', () => void stopAll());
process.once('SIGTERM', () => void stopAll());

/** Resolves after the first build that succeeded; `onLater` is called after each one that follows. */
async function watch(name, bundle, onLater = async () => {}) {
  const watcher = await build(bundle);
  if (!('on' in watcher)) throw new Error('Vite did not watch.');
  let isFirst = true;
  await new Promise((resolve) => {
    watcher.on('event', (event) => {
      if (event.code === 'ERROR') say(`${name}: ${event.error.message}`);
      if (event.code !== 'END') return;
      if (!isFirst) {
        say(`${name} built`);
        void onLater();
      }
      isFirst = false;
      resolve(undefined);
    });
  });
  return watcher;
}

/** The same port each time, so that the window's address stays. */
async function startServer() {
  await stopServer();
  const isFirst = port === null;
  const own = isFirst ? [] : ['--port', String(port), '--no-open'];
  const env = { ...process.env, SCHOLIUM_DEVELOPMENT: '1' };
  const args = [inRoot('dist', 'backend', 'cli.js'), 'serve', ...serveArgs, ...own, '--json'];
  const started = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
  server = started;
  createInterface({ input: started.stdout }).once('line', (line) => {
    const address = JSON.parse(line);
    port = address.port;
    entrance.leadTo(address.url);
    say(`${isFirst ? 'open' : 'restarted; still at'} ${entrance.url}`);
  });
}

function stopServer() {
  const old = server;
  server = null;
  if (old === null || old.exitCode !== null || old.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    old.once('exit', resolve);
    old.kill('SIGTERM');
  });
}

async function stopAll() {
  await Promise.all([stopServer(), ...built.map((watcher) => watcher.close())]);
  process.exit();
}
