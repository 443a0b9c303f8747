import type { Rooms } from '../rooms.ts';
import { watchChanges } from './feed.ts';
import type { Procedures } from './index.ts';
import { refusingStream } from './refusals.ts';

/** Notebooks, their cells, and the feed of changes. */
export function notebookProcedures(procedures: Procedures, { notebooks, runs, library, log }: Rooms) {
  const of = procedures.notebooks;
  const cells = procedures.cells;
  return {
    notebooks: {
      list: of.list.handler(() => notebooks.list()),
      listTrash: of.listTrash.handler(() => notebooks.listTrash()),
      open: of.open.handler(({ input: { notebookId } }) => ({
        notebook: notebooks.get(notebookId),
        cells: notebooks.cellsOf(notebookId),
        runs: runs.ofNotebook(notebookId),
        feedSeq: library.feed.latestSeq(),
      })),
      create: of.create.handler(({ input }) => notebooks.create(input)),
      update: of.update.handler(({ input }) => notebooks.update(input)),
      remove: of.remove.handler(({ input }) => notebooks.remove(input)),
      restore: of.restore.handler(({ input }) => notebooks.restore(input)),
    },
    cells: {
      get: cells.get.handler(({ input }) => notebooks.getCell(input.cellId)),
      insert: cells.insert.handler(({ input }) => notebooks.insertCell(input)),
      save: cells.save.handler(({ input }) => notebooks.saveCell(input)),
      move: cells.move.handler(({ input }) => notebooks.moveCell(input)),
      remove: cells.remove.handler(({ input }) => {
        notebooks.removeCell(input);
        return { cellId: input.cellId };
      }),
      restore: cells.restore.handler(({ input }) => notebooks.restoreCell(input)),
    },
    changes: {
      watch: procedures.changes.watch.handler(({ input, signal, path }) =>
        refusingStream(watchChanges(library.feed, input.afterSeq, signal), log, path, signal),
      ),
    },
  };
}
