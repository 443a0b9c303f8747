import { failureIn } from '#renderer/client/failures.ts';
import { newId } from '#shared/domain/ids.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import type { Notebook } from '#shared/domain/notebook.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import type { ActionsEdge, Attempt } from './edge.ts';
import type { Actions, NotebookChanges } from './index.ts';

type NotebookActions = Pick<
  Actions,
  'openNotebook' | 'createNotebook' | 'updateNotebook' | 'removeNotebook' | 'restoreNotebook'
>;

export function notebookActions(edge: ActionsEdge, attempt: Attempt): NotebookActions {
  const { client } = edge.connection;
  const { clientId } = edge;
  const arrived = (notebook: Notebook): Notebook => {
    edge.library.notebookArrived(notebook);
    edge.notebook.notebookArrived(notebook);
    return notebook;
  };
  const known = (notebookId: NotebookId): Notebook | undefined =>
    edge.library.state.getState().notebooks?.find(({ id }) => id === notebookId);
  const update = async (
    { id, revision }: Pick<Notebook, 'id' | 'revision'>,
    changes: NotebookChanges,
  ): Promise<Notebook> => {
    const { tags, ...others } = changes;
    const given = tags ? { ...others, tags: [...tags] } : others;
    return client.notebooks.update({ clientId, notebookId: id, baseRevision: revision, ...given });
  };

  const restore = async (notebookId: NotebookId): Promise<boolean> => {
    const notebook = await attempt(() => client.notebooks.restore({ clientId, notebookId }));
    if (notebook) arrived(notebook);
    return notebook !== null;
  };
  return {
    openNotebook: async (notebookId) => {
      await edge.drafts.flushAll();
      await edge.notebook.open(notebookId);
    },
    createNotebook: async (title = '') => {
      const notebookId = newId<NotebookId>();
      const notebook = await attempt(() => client.notebooks.create({ clientId, notebookId, title }));
      return notebook && arrived(notebook);
    },
    updateNotebook: async (notebookId, changes) => {
      const notebook = await attempt(async () => {
        const before = known(notebookId) ?? (await client.notebooks.open({ notebookId })).notebook;
        try {
          return await update(before, changes);
        } catch (error) {
          if (failureIn(error).code !== 'revision-conflict') throw error;
          // Another window changed the notebook; what is set here is set by a click, and set again.
          const { notebook: present } = await client.notebooks.open({ notebookId });
          return update(present, changes);
        }
      });
      return notebook && arrived(notebook);
    },
    removeNotebook: async (notebookId) => {
      await edge.drafts.flushAll();
      const notebook = await attempt(() => client.notebooks.remove({ clientId, notebookId }));
      if (!notebook) return false;
      arrived(notebook);
      edge.toasts.info(say.library.removed(notebook.title || say.untitled), {
        label: say.library.undo,
        run: () => void restore(notebookId),
      });
      return true;
    },
    restoreNotebook: restore,
  };
}
