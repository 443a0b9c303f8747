import type { NoteCell, ProblemCell } from '#shared/domain/cell.ts';
import type { CellId, NotebookId } from '#shared/domain/ids.ts';
import { brand } from '#shared/domain/ids.ts';
import type { Notebook } from '#shared/domain/notebook.ts';

type Changes<Value> = Partial<Omit<Value, 'id'>> & { readonly id?: string };

const shared = {
  notebookId: brand<NotebookId>('notebook-1'),
  orderKey: 'a0',
  revision: 1,
  createdAt: 0,
  updatedAt: 0,
} as const;

export function noteCell({ id = 'note-1', ...changes }: Changes<NoteCell> = {}): NoteCell {
  return { ...shared, kind: 'note', source: 'A note.', ...changes, id: brand<CellId>(id) };
}

export function problemCell({ id = 'cell-1', ...changes }: Changes<ProblemCell> = {}): ProblemCell {
  return {
    ...shared,
    kind: 'problem',
    source: 'Find the spectrum of $H$.',
    answerKey: null,
    domain: null,
    choice: null,
    pinnedRunId: null,
    ...changes,
    id: brand<CellId>(id),
  };
}

export function sampleNotebook(changes: Partial<Notebook> = {}): Notebook {
  return {
    id: brand<NotebookId>('notebook-1'),
    title: 'Landau levels',
    tags: [],
    macros: {},
    defaultChoice: null,
    revision: 1,
    createdAt: 0,
    updatedAt: 0,
    deletedAt: null,
    ...changes,
  };
}
