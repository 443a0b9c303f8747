import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot, root } from './paths.mjs';
import { conclude } from './outcome.mjs';
import { toolScript } from './tools.mjs';

/**
 * Runs one tool to its end. The whole output is kept, so that steps running side by side are printed
 * one after another.
 *
 * @returns {Promise<{ code: number | null, signal: string | null, output: string, elapsedMs: number }>}
 */
export function runTool(node, tool, args, { env = {}, show = false } = {}) {
  const startedMs = Date.now();
  const child = spawn(node, [toolScript(tool), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      chunks.push(chunk);
      if (show) process.stdout.write(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      const output = Buffer.concat(chunks).toString('utf8');
      resolve({ code, signal, output, elapsedMs: Date.now() - startedMs });
    });
  });
}

/** A tool that is either content or not counts as one check. @returns {Promise<import('./outcome.mjs').Outcome>} */
export async function verdictStep(node, name, tool, args) {
  const { code, output, elapsedMs } = await runTool(node, tool, args);
  const passed = code === 0 ? 1 : 0;
  return { name, passed, failed: 1 - passed, skipped: 0, elapsedMs, output: passed ? '' : output };
}

/** One vitest project, counted from its JSON report. @returns {Promise<import('./outcome.mjs').Outcome>} */
export async function vitestStep(node, project, { show = false, env = {} } = {}) {
  const report = freshReport(`${project}.json`);
  const args = ['run', `--project=${project}`, '--reporter=default', '--reporter=json'];
  const ended = await runTool(node, 'vitest', [...args, `--outputFile.json=${report}`], { env, show });
  const counts = readReport(report, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  }));
  return conclude(project, ended, counts, show);
}

/** The Playwright specs, counted from their JSON report. @returns {Promise<import('./outcome.mjs').Outcome>} */
export async function playwrightStep(node, { env = {} } = {}) {
  const report = freshReport('e2e.json');
  const ended = await runTool(node, 'playwright', ['test'], { env, show: true });
  const counts = readReport(report, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
  return conclude('e2e', ended, counts, true);
}

/** An old report must never be counted for a run that crashed before writing its own. */
function freshReport(fileName) {
  const file = inRoot('out', 'reports', fileName);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.rmSync(file, { force: true });
  return file;
}

function readReport(file, count) {
  if (!fs.existsSync(file)) return null;
  return count(JSON.parse(fs.readFileSync(file, 'utf8')));
}
