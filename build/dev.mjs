// `npm run dev [-- --library FILE …]`: hands over to dev-loop.mjs once everything is in place.
import { handOver } from './hand-over.mjs';
import { inRoot, main } from './paths.mjs';
import { ensureReady } from './setup.mjs';

await main(async () => {
  await handOver(await ensureReady(), inRoot('build', 'dev-loop.mjs'), process.argv.slice(2));
});
