import { printOutcome } from './outcome.mjs';
import { verdictStep, vitestStep } from './step.mjs';

/**
 * Types, lint, format and unit tests, side by side; each is printed as it ends.
 *
 * @returns {Promise<import('./outcome.mjs').Outcome[]>}
 */
export async function runCheckSteps(node) {
  const steps = [
    verdictStep(node, 'types', 'tsc', ['-b', '--pretty', 'false']),
    verdictStep(node, 'lint', 'oxlint', [
      '--type-aware',
      '--deny-warnings',
      '--report-unused-disable-directives',
    ]),
    verdictStep(node, 'format', 'prettier', [
      '--check',
      '--cache',
      '--cache-location=out/prettier-cache.json',
      '--log-level=warn',
      '.',
    ]),
    vitestStep(node, 'unit'),
  ];
  return Promise.all(
    steps.map(async (step) => {
      const outcome = await step;
      printOutcome(outcome);
      return outcome;
    }),
  );
}
