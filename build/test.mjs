// `npm test`: everything, from a fresh clone. The last line printed is the count.
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './browser.mjs';
import { runCheckSteps } from './check-steps.mjs';
import { say, SetupProblem } from './paths.mjs';
import { ensureReady } from './setup.mjs';
import { playwrightStep, printOutcome, total, vitestStep } from './step.mjs';

const outcomes = [];

try {
  await runEverything();
} catch (error) {
  say(error instanceof SetupProblem ? error.message : error.stack);
  outcomes.push({ passed: 0, failed: 1, skipped: 0 });
}

const { passed, failed, skipped } = total(outcomes);
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
if (failed > 0) process.exitCode = 1;

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
