import { useEffect } from 'react';
import { shownTitle } from '#renderer/features/library/filter.ts';
import { useLibrary, useOpenNotebook, useWorkspace } from '#renderer/workspace/index.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import { windowMessages } from '#shared/messages/window.ts';
import { remember, remembered } from './remembered.ts';
import { putInAddress, useRoute } from './route.ts';

const lastNotebook = 'notebook';

/** The notebook named in the address is the one on the page; without a name, the one chosen last. */
export function useChosenNotebook(): NotebookId | null {
  const { actions, notebook } = useWorkspace();
  const notebooks = useLibrary((state) => state.notebooks);
  const current = useRoute();

  useEffect(() => {
    if (current) {
      remember(lastNotebook, current);
      void actions.openNotebook(current);
    } else {
      notebook.close();
    }
  }, [actions, notebook, current]);

  useEffect(() => {
    if (current || !notebooks) return;
    const last = remembered(lastNotebook);
    const chosen = notebooks.find(({ id }) => id === last) ?? notebooks[0];
    if (chosen) putInAddress(chosen.id);
  }, [current, notebooks]);

  const title = useOpenNotebook((open) => shownTitle(open.notebook));
  useEffect(() => {
    document.title = title && current ? `${title} · ${windowMessages.brand}` : windowMessages.brand;
  }, [title, current]);
  return current;
}
