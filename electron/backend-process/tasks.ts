import type { BackendClient } from '#shared/contract/index.ts';
import type { Task, TaskResult } from '#shared/desktop/process-messages.ts';
import { refuse } from '#shared/domain/failure.ts';
import { newId } from '#shared/domain/ids.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import { readMarkdownFile } from './import-file.ts';

/** This process in the change feed, beside its windows. */
const clientId = newId<ClientId>();

/** Does what the shell wants done without a window. Throws what the contract throws. */
export async function carryOut(task: Task, client: BackendClient): Promise<TaskResult> {
  switch (task.task) {
    case 'create-notebook': {
      const notebook = await client.notebooks.create({ clientId, notebookId: newId(), title: '' });
      return { task: task.task, notebookId: notebook.id };
    }
    case 'import-file': {
      const file = await readMarkdownFile(task.path);
      const [imported] = await client.exchange.importMarkdown({ clientId, files: [file] });
      if (!imported) throw refuse('internal', { reference: 'nothing-imported' });
      return { task: task.task, notebookId: imported.notebookId };
    }
    case 'export-pdf': {
      const { fileName, base64 } = await client.exchange.exportPdf({ notebookId: task.notebookId });
      return { task: task.task, fileName, bytes: new Uint8Array(Buffer.from(base64, 'base64')) };
    }
  }
}
