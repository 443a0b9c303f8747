// `npm run package [-- --dir …]`: the packages of this machine's kind, into out/packages. Further
// arguments go to electron-builder.
import { ensureBuilt } from './build.mjs';
import { handOver } from './hand-over.mjs';
import { inRoot, main, say } from './paths.mjs';
import { ensureReady } from './setup.mjs';
import { packageArguments } from './package/arguments.mjs';
import { readFileSync } from 'node:fs';

await main(async () => {
  const node = await ensureReady();
  await ensureBuilt(node);
  const { homepage } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const { args, remarks } = packageArguments(process.argv.slice(2), {
    platform: process.platform,
    env: process.env,
    hasHomepage: Boolean(homepage),
  });
  for (const remark of remarks) say(remark);
  await handOver(node, inRoot('node_modules', 'electron-builder', 'cli.js'), args);
});
