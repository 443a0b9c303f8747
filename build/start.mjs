// `npm start [-- --library FILE --port N --no-open --json]`
import { ensureBuilt } from './build.mjs';
import { handOver } from './hand-over.mjs';
import { inRoot, main } from './paths.mjs';
import { ensureReady } from './setup.mjs';

await main(async () => {
  const node = await ensureReady();
  await ensureBuilt(node);
  await handOver(node, inRoot('dist', 'backend', 'cli.js'), ['serve', ...process.argv.slice(2)]);
});
