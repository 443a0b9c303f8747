// `npm test`: everything, from a fresh clone. The last line printed is the count.
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './browser.mjs';
import { runCheckSteps } from './check-steps.mjs';
import { conclude, countLine, printOutcome, total } from './outcome.mjs';
import { say, SetupProblem } from './paths.mjs';
import { ensureReady } from './setup.mjs';
import { playwrightStep, vitestStep } from './step.mjs';

const outcomes = [];

try {
  await runEverything();
} catch (error) {
  say(error instanceof SetupProblem ? error.message : error.stack);
  record(conclude('set-up', { code: 1, signal: null, output: '', elapsedMs: 0 }, null, true));
}

process.stdout.write(`${countLine(outcomes)}\n`);
if (total(outcomes).failed > 0) process.exitCode = 1;

async function runEverything() {
  const node = await ensureReady();
  const env = { CI: 'true', SCHOLIUM_CHROMIUM: ensureChromium(node) };
  await ensureBuilt(node);

  outcomes.push(...(await runCheckSteps(node)));
  for (const project of ['integration', 'faults']) {
    record(await vitestStep(node, project, { show: true, env }));
  }
  record(await playwrightStep(node, { env }));
}

function record(outcome) {
  outcomes.push(outcome);
  printOutcome(outcome);
}
