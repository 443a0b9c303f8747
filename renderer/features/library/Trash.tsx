import { ChevronRight, Undo2 } from 'lucide-react';
import { IconButton } from '#renderer/components/IconButton.tsx';
import { useActions, useLibrary } from '#renderer/workspace/index.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import type { Notebook } from '#shared/domain/notebook.ts';
import { windowMessages } from '#shared/messages/window.ts';
import { shownTitle } from './filter.ts';

const say = windowMessages.library;

/** Notebooks that were removed; nothing leaves it by itself. */
export function Trash({ onRestored }: { readonly onRestored: (notebookId: NotebookId) => void }) {
  const actions = useActions();
  const trash = useLibrary((state) => state.trash);
  if (!trash || trash.length === 0) return null;
  const restore = async (notebook: Notebook): Promise<void> => {
    if (await actions.restoreNotebook(notebook.id)) onRestored(notebook.id);
  };
  return (
    <details className="trash">
      <summary className="sidebar-heading">
        <ChevronRight size={13} aria-hidden />
        {say.trash(trash.length)}
      </summary>
      <ul className="notebook-list">
        {trash.map((notebook) => (
          <li key={notebook.id} className="notebook-item">
            <span className="notebook-link notebook-deleted" title={shownTitle(notebook)}>
              {shownTitle(notebook)}
            </span>
            <IconButton
              label={say.restoreNamed(shownTitle(notebook))}
              icon={<Undo2 size={14} aria-hidden />}
              onClick={() => void restore(notebook)}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
