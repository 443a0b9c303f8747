import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a notebook with these questions, one problem each, and answers with the file's path. */
export function writeProblems(folder: string, questions: readonly string[], name = 'problems.md'): string {
  const path = join(folder, name);
  const problems = questions.map((question) => `::: {.problem}\n${question}\n:::\n`);
  writeFileSync(path, `# Some problems\n\nA note.\n\n${problems.join('\n')}`);
  return path;
}
