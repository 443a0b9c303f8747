/**
 * @typedef {{ name: string, passed: number, failed: number, skipped: number, elapsedMs: number, output: string }} Outcome
 */

/**
 * A stage that crashed, or ran nothing, has failed even if every test it reports passed. `counts` is null
 * when the stage left no report.
 *
 * @returns {Outcome}
 */
export function conclude(name, { code, signal, output, elapsedMs }, counts, shown) {
  const base = { name, elapsedMs, passed: 0, failed: 0, skipped: 0, ...counts };
  const ranNothing = base.passed + base.failed === 0;
  const crashed = counts === null || (code !== 0 && base.failed === 0);
  if (!crashed && !ranNothing) return { ...base, output: shown || base.failed === 0 ? '' : output };
  const how = ranNothing && code === 0 ? 'ran no tests' : `ended with ${signal ?? `code ${code}`}`;
  const sentence = `The ${name} stage ${how}.`;
  return { ...base, failed: base.failed + 1, output: shown ? sentence : `${output}\n${sentence}` };
}

/** @param {Outcome} outcome */
export function printOutcome({ name, passed, failed, skipped, elapsedMs, output }) {
  const seconds = (elapsedMs / 1000).toFixed(1);
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  if (output.trim() !== '') process.stdout.write(`${output.trimEnd()}\n`);
  process.stdout.write(`${failed === 0 ? '✓' : '✗'} ${name}: ${counts} (${seconds} s)\n`);
}

/** @param {Outcome[]} outcomes */
export function total(outcomes) {
  const sum = (key) => outcomes.reduce((count, outcome) => count + outcome[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/**
 * The last line of `npm test`, and of the same form whatever was skipped: each stage's own line says
 * how many of its tests were.
 *
 * @param {Outcome[]} outcomes
 */
export function countLine(outcomes) {
  const { passed, failed } = total(outcomes);
  return `${passed} passed, ${failed} failed`;
}
