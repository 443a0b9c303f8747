// `npm run electron:install`: fetches Electron's program however long it takes, also after a failure.
import { fetchElectron, findElectron } from './electron-binary.mjs';
import { main, say, SetupProblem } from './paths.mjs';
import { ensureReady } from './setup.mjs';

await main(async () => {
  const node = await ensureReady();
  if (findElectron()) {
    say('Electron is installed already.');
    return;
  }
  const outcome = await fetchElectron(node, { capMs: Infinity, again: true });
  if (outcome.kind === 'failed') {
    throw new SetupProblem(
      `Electron could not be fetched (${outcome.reason}). ` +
        'Behind a proxy set HTTPS_PROXY; `npm start` opens in the browser meanwhile.',
    );
  }
  say('Electron is installed; `npm start` opens Scholium in its own window.');
});
