import { failureIn } from '#renderer/client/failures.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import { downloadBase64 } from '../download.ts';
import type { ActionsEdge, Attempt } from './edge.ts';
import type { Actions } from './index.ts';
import { readMarkdown } from './read-markdown.ts';

export function exchangeActions(
  edge: ActionsEdge,
  attempt: Attempt,
): Pick<Actions, 'importMarkdown' | 'exportPdf'> {
  const { client } = edge.connection;
  const { clientId } = edge;
  const exportPdf = async (notebookId: NotebookId): Promise<boolean> => {
    edge.toasts.info(say.pdf.making);
    await edge.drafts.flushAll();
    try {
      const { fileName, base64 } = await client.exchange.exportPdf({ notebookId });
      downloadBase64(fileName, base64, 'application/pdf');
      edge.toasts.info(say.pdf.done(fileName));
      return true;
    } catch (error) {
      edge.toasts.failure(failureIn(error), {
        label: say.pdf.tryAgain,
        run: () => void exportPdf(notebookId),
      });
      return false;
    }
  };
  return {
    exportPdf,
    importMarkdown: async (files) => {
      const other = files.find((file) => !/\.(md|markdown)$/i.test(file.name));
      if (other) {
        edge.toasts.info(say.library.notMarkdown(other.name));
        return null;
      }
      const imported = await attempt(async () => {
        const texts = await Promise.all(files.map(readMarkdown));
        return client.exchange.importMarkdown({ clientId, files: texts });
      });
      const first = imported?.[0];
      if (!imported || !first) return null;
      await edge.library.reload();
      edge.toasts.info(say.library.imported(imported.length, first.title || say.untitled));
      return imported.map((notebook) => notebook.notebookId);
    },
  };
}
