import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root, whatever the current directory is. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export const inRoot = (...parts) => path.join(root, ...parts);

/** Set-up speaks on stderr only: stdout belongs to the program that is started (`--json`). */
export function say(sentence) {
  process.stderr.write(`scholium: ${sentence}\n`);
}

/** A reason to stop that is a sentence for the person at the keyboard, not a bug. */
export class SetupProblem extends Error {
  constructor(sentence) {
    super(sentence);
    this.name = 'SetupProblem';
  }
}

/** Runs a script's main function; a `SetupProblem` becomes one sentence and exit code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error;
    say(error.message);
    process.exitCode = 1;
  }
}
