import { exportPdf, fileNameFor, readMarkdownNotebook } from '../exchange/index.ts';
import type { Rooms } from '../rooms.ts';
import type { Procedures } from './index.ts';

/** Notebooks in from files and out to paper. */
export function exchangeProcedures(procedures: Procedures, rooms: Rooms) {
  const of = procedures.exchange;
  const { notebooks, runs, markup, host, assetsFolder } = rooms;
  return {
    importMarkdown: of.importMarkdown.handler(({ input }) => {
      const encoder = new TextEncoder();
      // All are read before the first is stored: a bad file among them imports none.
      const drafts = input.files.map((file) => readMarkdownNotebook(file.name, encoder.encode(file.text)));
      return drafts.map((draft) => {
        const notebook = notebooks.importNotebook(input.clientId, draft);
        return { notebookId: notebook.id, title: notebook.title, cells: draft.cells.length };
      });
    }),
    exportPdf: of.exportPdf.handler(async ({ input: { notebookId }, signal }) => {
      const notebook = notebooks.get(notebookId);
      const content = { notebook, cells: notebooks.cellsOf(notebookId), runs: runs.ofNotebook(notebookId) };
      const pdf = await exportPdf(content, { markup, host, assetsFolder }, signal);
      return { fileName: fileNameFor(notebook.title, 'pdf'), base64: Buffer.from(pdf).toString('base64') };
    }),
  };
}
