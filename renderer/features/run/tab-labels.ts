import type { Run } from '#shared/domain/run.ts';
import { formatDate } from '#shared/scholium/index.ts';
import { pageWords } from '#shared/messages/page.ts';

/**
 * One label a run, as short as tells them apart: the effort where all runs share a model, the model
 * where all share an effort, else both; those still alike get their time.
 */
export function tabLabels(
  runs: readonly Run[],
  options: { nowMs?: number; timeZone?: string } = {},
): readonly string[] {
  const models = new Set(runs.map(modelName));
  const efforts = new Set(runs.map((run) => run.choice.effort));
  const labels = runs.map((run) => labelOf(run, models.size > 1, efforts.size > 1));
  return labels.map((label, index) => {
    const run = runs[index];
    const isAlone = labels.filter((other) => other === label).length === 1;
    return isAlone || !run ? label : pageWords.tabAt(label, formatDate(run.createdAt, options));
  });
}

function labelOf(run: Run, isModelTelling: boolean, isEffortTelling: boolean): string {
  const { effort } = run.choice;
  if (run.choice.provider === 'solver' || effort === null) return modelName(run);
  const effortName = pageWords.effort[effort];
  if (!isModelTelling) return effortName;
  return isEffortTelling ? pageWords.tabWithEffort(modelName(run), effortName) : modelName(run);
}

function modelName(run: Run): string {
  return run.choice.provider === 'solver' ? pageWords.solver : run.choice.model;
}
