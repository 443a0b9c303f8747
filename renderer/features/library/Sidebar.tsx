import { FileUp, PanelLeftClose, Plus, Settings as SettingsIcon } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import { IconButton } from '#renderer/components/IconButton.tsx';
import { useActions, useLibrary } from '#renderer/workspace/index.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import { FilterBox } from './FilterBox.tsx';
import { titlesContaining } from './filter.ts';
import { NotebookItem } from './NotebookItem.tsx';
import { Trash } from './Trash.tsx';

export interface SidebarProps {
  readonly current: NotebookId | null;
  /** Where a notebook is found, as a link. */
  readonly addressOf: (notebookId: NotebookId) => string;
  onOpen(notebookId: NotebookId): void;
  /** The notebook on the page went into the trash. */
  onCurrentGone(next: NotebookId | null): void;
  onImport(files: readonly File[]): void;
  onClose(): void;
  onSettings(): void;
}

/** The library: its notebooks, its trash, and the way in for new ones. */
export function Sidebar(props: SidebarProps) {
  const { current, addressOf, onOpen, onCurrentGone } = props;
  const actions = useActions();
  const notebooks = useLibrary((state) => state.notebooks);
  const [filter, setFilter] = useState('');
  const [renaming, setRenaming] = useState<NotebookId | null>(null);
  const listRef = useRef<HTMLUListElement>(null);

  const create = async (): Promise<void> => {
    const notebook = await actions.createNotebook();
    if (!notebook) return;
    setFilter('');
    onOpen(notebook.id);
    setRenaming(notebook.id);
  };
  const remove = async (notebookId: NotebookId): Promise<void> => {
    const index = notebooks?.findIndex(({ id }) => id === notebookId) ?? -1;
    const neighbour = notebooks?.[index + 1] ?? notebooks?.[index - 1] ?? null;
    if ((await actions.removeNotebook(notebookId)) && notebookId === current) {
      onCurrentGone(neighbour?.id ?? null);
    }
  };
  const shown = notebooks && titlesContaining(notebooks, filter);

  return (
    <nav className="sidebar" aria-label={say.frame.sidebar}>
      <div className="sidebar-head">
        <p className="brand">
          <span className="brand-mark" aria-hidden>
            §
          </span>
          {say.brand}
        </p>
        <IconButton
          label={say.frame.closeSidebar}
          icon={<PanelLeftClose size={16} aria-hidden />}
          onClick={props.onClose}
        />
      </div>
      <FilterBox
        value={filter}
        onValue={setFilter}
        onDown={() => listRef.current?.querySelector<HTMLElement>('a')?.focus()}
      />
      <div className="sidebar-section">
        <h2 className="sidebar-heading">{say.library.notebooks}</h2>
        <IconButton
          label={say.library.newNotebook}
          icon={<Plus size={15} aria-hidden />}
          onClick={() => void create()}
        />
      </div>
      <div className="sidebar-scroll">
        <ul ref={listRef} className="notebook-list">
          {shown?.map((notebook) => (
            <NotebookItem
              key={notebook.id}
              notebook={notebook}
              address={addressOf(notebook.id)}
              isCurrent={notebook.id === current}
              isRenaming={notebook.id === renaming}
              onOpen={() => onOpen(notebook.id)}
              onRenameStart={() => setRenaming(notebook.id)}
              onRenameEnd={(title) => {
                setRenaming(null);
                if (title !== null && title !== notebook.title) {
                  void actions.updateNotebook(notebook.id, { title });
                }
              }}
              onRemove={() => void remove(notebook.id)}
            />
          ))}
        </ul>
        {notebooks?.length === 0 && (
          <p className="sidebar-empty">
            <strong>{say.library.emptyTitle}</strong> {say.library.emptyText}
          </p>
        )}
        {shown?.length === 0 && filter !== '' && (
          <p className="sidebar-empty" role="status">
            {say.library.noMatches(filter)}
          </p>
        )}
        <Trash onRestored={onOpen} />
      </div>
      <div className="sidebar-foot">
        <ImportButton onFiles={props.onImport} />
        <Button
          look="quiet"
          icon={<SettingsIcon size={15} aria-hidden />}
          className="sidebar-button"
          onClick={props.onSettings}
        >
          {say.library.settings}
        </Button>
      </div>
    </nav>
  );
}

/** A button for the hidden file field, which no style sheet can make presentable. */
export function ImportButton({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) {
  const fieldRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        look="quiet"
        icon={<FileUp size={15} aria-hidden />}
        className="sidebar-button"
        onClick={() => fieldRef.current?.click()}
      >
        {say.library.importFiles}
      </Button>
      <input
        ref={fieldRef}
        type="file"
        hidden
        multiple
        accept=".md,.markdown,text/markdown"
        aria-label={say.library.importFiles}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // Emptied, so that choosing the same file again is a change.
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
