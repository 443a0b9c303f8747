// `npm run bench [-- NAME…]`: the ratios of tests/bench, each beside its target.
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './browser.mjs';
import { handOver } from './hand-over.mjs';
import { inRoot, main } from './paths.mjs';
import { ensureReady } from './setup.mjs';

await main(async () => {
  const node = await ensureReady();
  const chromium = ensureChromium(node);
  await ensureBuilt(node);
  const env = { ...process.env, SCHOLIUM_CHROMIUM: chromium };
  await handOver(node, inRoot('tests', 'bench', 'run-benches.ts'), process.argv.slice(2), { env });
});
