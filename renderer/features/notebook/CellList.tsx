import { Fragment, useRef } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useCellIds } from '#renderer/workspace/index.ts';
import { pageWords } from '#shared/messages/page.ts';
import { CellFrame } from './CellFrame.tsx';
import { commandFor } from './command-keys.ts';
import type { PendingKey } from './command-keys.ts';
import { InsertBar } from './InsertBar.tsx';
import { usePage } from './page-context.ts';
import { runCommand } from './run-command.ts';

/** The cells in order, with the keys of command mode. */
export function CellList(): ReactElement {
  const order = useCellIds();
  const { state, commands } = usePage();
  const pending = useRef<PendingKey>(null);

  const keyDown = (event: KeyboardEvent): void => {
    const { selectedId, isEditing } = state.getState();
    if (event.defaultPrevented || isEditing || !selectedId) return;
    if (event.key === 'Escape') return backToCell(event);
    if (isTakenByTarget(event)) return;
    const { key, repeat } = event;
    const press = {
      key,
      repeat,
      ctrl: event.ctrlKey,
      shift: event.shiftKey,
      alt: event.altKey,
      meta: event.metaKey,
    };
    const result = commandFor(press, pending.current, performance.now());
    pending.current = result.pending;
    if (!result.command) return;
    event.preventDefault();
    void runCommand(result.command, selectedId, order, commands);
  };
  return (
    <section className="cells" aria-label={pageWords.cellsLabel} onKeyDown={keyDown}>
      {order.map((cellId, index) => (
        <Fragment key={cellId}>
          <InsertBar afterCellId={order[index - 1] ?? null} />
          <CellFrame cellId={cellId} position={index + 1} count={order.length} />
        </Fragment>
      ))}
      <InsertBar afterCellId={order.at(-1) ?? null} isAlwaysShown />
    </section>
  );
}

/** From a field or button of a cell to the cell itself, where the keys of command mode are. */
function backToCell({ target }: KeyboardEvent): void {
  if (target instanceof Element) target.closest<HTMLElement>('.cell')?.focus();
}

/** Fields take every key; buttons, tabs and folds take those that press and move them. */
function isTakenByTarget(event: KeyboardEvent): boolean {
  const { target, key, currentTarget } = event;
  if (!(target instanceof Element)) return false;
  // Menus and dialogs opened from a cell are elsewhere on the page, but their keys arrive here too.
  if (!currentTarget.contains(target)) return true;
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return true;
  if (target.closest('button, a, summary, [role="tab"]') === null) return false;
  const isModified = event.shiftKey || event.ctrlKey || event.metaKey || event.altKey;
  return key === ' ' || key.startsWith('Arrow') || (key === 'Enter' && !isModified);
}
