import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { Menu } from '#renderer/components/Menu.tsx';
import type { Notebook } from '#shared/domain/notebook.ts';
import { windowMessages } from '#shared/messages/window.ts';
import { shownTitle } from './filter.ts';

const say = windowMessages.library;

export interface NotebookItemProps {
  readonly notebook: Notebook;
  readonly address: string;
  readonly isCurrent: boolean;
  readonly isRenaming: boolean;
  onOpen(): void;
  onRenameStart(): void;
  /** `null`: left as it was. */
  onRenameEnd(title: string | null): void;
  onRemove(): void;
}

export function NotebookItem(props: NotebookItemProps) {
  const { notebook, isCurrent, isRenaming } = props;
  const title = shownTitle(notebook);
  const linkRef = useRef<HTMLAnchorElement>(null);
  if (isRenaming) {
    return (
      <li className="notebook-item">
        <RenameField
          title={notebook.title}
          onEnd={(renamed) => {
            props.onRenameEnd(renamed);
            // The field goes away; the keyboard goes on from where it was.
            requestAnimationFrame(() => linkRef.current?.focus());
          }}
        />
      </li>
    );
  }
  return (
    <li className="notebook-item" data-current={isCurrent || undefined}>
      <a
        ref={linkRef}
        className="notebook-link"
        href={props.address}
        aria-current={isCurrent ? 'page' : undefined}
        title={title}
        dir="auto"
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          props.onOpen();
        }}
        onDoubleClick={props.onRenameStart}
        onKeyDown={(event) => onItemKey(event, props)}
      >
        {notebook.isDamaged && (
          <span className="notebook-damaged" role="img" aria-label={say.damaged} title={say.damaged}>
            !
          </span>
        )}
        {title}
      </a>
      <Menu
        trigger={
          <button type="button" className="icon-button notebook-menu" aria-label={say.menuOf(title)}>
            <Ellipsis size={15} aria-hidden />
          </button>
        }
        items={[
          {
            label: say.rename,
            icon: <Pencil size={14} aria-hidden />,
            keys: 'F2',
            // After the menu has given the focus back, so that the field keeps it.
            onSelect: () => setTimeout(props.onRenameStart),
          },
          {
            label: say.remove,
            icon: <Trash2 size={14} aria-hidden />,
            keys: 'Del',
            onSelect: props.onRemove,
          },
        ]}
      />
    </li>
  );
}

function onItemKey(event: KeyboardEvent<HTMLAnchorElement>, props: NotebookItemProps): void {
  const item = event.currentTarget.closest('li');
  const focus = (neighbour: Element | null | undefined): void => {
    event.preventDefault();
    neighbour?.querySelector<HTMLElement>('a')?.focus();
  };
  switch (event.key) {
    case 'F2':
      event.preventDefault();
      return props.onRenameStart();
    case 'Delete':
      event.preventDefault();
      focus(item?.nextElementSibling ?? item?.previousElementSibling);
      return props.onRemove();
    case 'ArrowDown':
      return focus(item?.nextElementSibling);
    case 'ArrowUp':
      return focus(item?.previousElementSibling);
    default:
  }
}

function RenameField({ title, onEnd }: { readonly title: string; onEnd(title: string | null): void }) {
  const fieldRef = useRef<HTMLInputElement>(null);
  // Leaving the field saves too, but an end is told once: Enter makes it lose the focus as well.
  const hasEndedRef = useRef(false);
  const end = (renamed: string | null): void => {
    if (hasEndedRef.current) return;
    hasEndedRef.current = true;
    onEnd(renamed);
  };
  useEffect(() => fieldRef.current?.select(), []);
  return (
    <input
      ref={fieldRef}
      className="input rename-field"
      aria-label={say.renameField}
      placeholder={windowMessages.untitled}
      defaultValue={title}
      autoFocus
      maxLength={10_000}
      onBlur={(event) => end(event.target.value.trim())}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(event.currentTarget.value.trim());
        if (event.key === 'Escape') end(null);
      }}
    />
  );
}
