#!/usr/bin/env node
// The `scholium` command: `npm run -s scholium -- VERB`, or the package's bin.
import { ensureBuilt } from './build.mjs';
import { handOver } from './hand-over.mjs';
import { inRoot, main } from './paths.mjs';
import { ensureReady } from './setup.mjs';

// npm changes to the project's folder; FILE.md and OUT.pdf are meant from where the user stands.
const { npm_lifecycle_event: script, INIT_CWD: startedIn } = process.env;
if (script === 'scholium' && startedIn) process.chdir(startedIn);

await main(async () => {
  const node = await ensureReady();
  await ensureBuilt(node);
  await handOver(node, inRoot('dist', 'backend', 'cli.js'), process.argv.slice(2));
});
