import { brand } from '#shared/domain/ids.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import { readMarkdownNotebook } from '../exchange/index.ts';
import type { Rooms } from '../rooms.ts';
import { recordedRun } from './recorded-run.ts';
import { recordedProblem, welcomeMarkdown } from './welcome-text.ts';

/** Puts the Welcome notebook into a library that never held a notebook. */
export function addWelcome({ notebooks, runs }: Pick<Rooms, 'notebooks' | 'runs'>): void {
  if (notebooks.list().length > 0 || notebooks.listTrash().length > 0) return;
  const draft = readMarkdownNotebook('welcome.md', new TextEncoder().encode(welcomeMarkdown));
  const notebook = notebooks.importNotebook(brand<ClientId>('welcome'), draft);
  const problems = notebooks.cellsOf(notebook.id).filter((cell) => cell.kind === 'problem');
  const answered = problems[recordedProblem];
  if (!answered) throw new Error('The Welcome notebook has lost its recorded problem');
  runs.addRecorded(recordedRun(answered));
}
