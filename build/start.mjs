// `npm start [-- --library FILE --browser]`; with the browser shell also `--port N --no-open --json`.
import { ensureBuilt } from './build.mjs';
import { runDesktop } from './desktop.mjs';
import { handOver } from './hand-over.mjs';
import { inRoot, main, say } from './paths.mjs';
import { ensureReady } from './setup.mjs';
import { chooseShell, thisMachine } from './shell-choice.mjs';

await main(async () => {
  const args = process.argv.slice(2);
  const node = await ensureReady();
  await ensureBuilt(node);
  const shell = await chooseShell(args, thisMachine(node));
  const given = args.filter((arg) => arg !== '--browser');
  if (shell.kind === 'desktop' && (await runDesktop(shell.binary, given))) return;
  if (shell.kind === 'browser' && shell.why) say(shell.why);
  await handOver(node, inRoot('dist', 'backend', 'cli.js'), ['serve', ...given]);
});
