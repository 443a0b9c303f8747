#!/usr/bin/env node
// `node build/run.mjs prettier --write .`: a development tool under the Node that fits it.
import { handOver } from './hand-over.mjs';
import { main, SetupProblem } from './paths.mjs';
import { ensureReady } from './setup.mjs';
import { toolScript } from './tools.mjs';

await main(async () => {
  const [tool, ...args] = process.argv.slice(2);
  const script = toolScript(tool);
  if (!script) throw new SetupProblem(`there is no tool called "${tool}" in build/tools.mjs.`);
  await handOver(await ensureReady(), script, args);
});
