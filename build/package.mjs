// `npm run package [-- --dir …]`: the packages of this machine's kind, into out/packages. Further
// arguments go to electron-builder.
import { readFileSync } from 'node:fs';
import { ensureBuilt } from './build.mjs';
import { handOver } from './hand-over.mjs';
import { inRoot, main, root, say } from './paths.mjs';
import { ensureReady } from './setup.mjs';
import { packageArguments } from './package/arguments.mjs';

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
  // The project and its hooks are looked for where one stands.
  process.chdir(root);
  // A workflow without a secret sets its variable to nothing; a certificate would be looked for there.
  const env = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  await handOver(node, inRoot('node_modules', 'electron-builder', 'cli.js'), args, { env });
});
