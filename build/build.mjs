// `npm run build`: the window, the backend and the printing assets, side by side, into dist.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isBuilt } from './freshness.mjs';
import { whileAlone } from './lock.mjs';
import { main, say, SetupProblem } from './paths.mjs';
import { ensureReady } from './setup.mjs';

/** Builds when a source changed since the last build; `force` builds anyway. */
export async function ensureBuilt(node, { force = false } = {}) {
  if (!force && isBuilt()) return;
  await whileAlone(() => {
    // Another start may have built while this one waited.
    if (!force && isBuilt()) return;
    say('building');
    const worker = fileURLToPath(new URL('./bundle.mjs', import.meta.url));
    // Whoever builds, a test included, builds the program as it is used.
    const env = { ...process.env, NODE_ENV: 'production' };
    const result = spawnSync(node, [worker], { stdio: ['ignore', 2, 2], env });
    if (result.error) throw result.error;
    if (result.status !== 0) throw new SetupProblem('the build failed; its messages are above.');
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(async () => ensureBuilt(await ensureReady(), { force: true }));
}
