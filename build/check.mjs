// `npm run check`: everything that needs no browser, no network and no built program.
import { runCheckSteps } from './check-steps.mjs';
import { total } from './outcome.mjs';
import { main } from './paths.mjs';
import { ensureReady } from './setup.mjs';

await main(async () => {
  const outcomes = await runCheckSteps(await ensureReady());
  if (total(outcomes).failed > 0) process.exitCode = 1;
});
