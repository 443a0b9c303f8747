import { ArrowDown, ArrowUp, Copy, FileQuestion, Pencil, Text, Trash2 } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { IconButton } from '#renderer/components/IconButton.tsx';
import type { Cell } from '#shared/domain/cell.ts';
import { pageWords } from '#shared/messages/page.ts';
import { usePage } from './page-context.ts';

/** What can be done to a cell by mouse; every entry names its key. Shown under the pointer and on the selected cell. */
export function CellToolbar({ cell }: { readonly cell: Cell }): ReactElement {
  const { commands } = usePage();
  const { id, kind } = cell;
  const other = kind === 'note' ? 'problem' : 'note';
  const item = (label: string, key: string, icon: ReactNode, act: () => void): ReactElement => (
    <IconButton label={pageWords.withKey(label, key)} icon={icon} tabIndex={-1} onClick={act} />
  );
  return (
    <div className="cell-toolbar" role="toolbar" aria-label={pageWords.toolbar}>
      {item(pageWords.edit, 'Enter', <Pencil size={13} aria-hidden />, () => commands.edit(id))}
      {other === 'problem'
        ? item(pageWords.toProblem, 'Y', <FileQuestion size={13} aria-hidden />, () =>
            commands.turnInto(id, other),
          )
        : item(pageWords.toNote, 'M', <Text size={13} aria-hidden />, () => commands.turnInto(id, other))}
      {item(
        pageWords.moveUp,
        'Ctrl+Shift+↑',
        <ArrowUp size={13} aria-hidden />,
        () => void commands.move(id, -1),
      )}
      {item(
        pageWords.moveDown,
        'Ctrl+Shift+↓',
        <ArrowDown size={13} aria-hidden />,
        () => void commands.move(id, 1),
      )}
      {item(pageWords.copyCell, 'C', <Copy size={13} aria-hidden />, () => commands.copy(id))}
      {item(pageWords.deleteCell, 'D D', <Trash2 size={13} aria-hidden />, () => void commands.remove(id))}
    </div>
  );
}
