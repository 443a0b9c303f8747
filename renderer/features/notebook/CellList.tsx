import { Fragment, memo, useEffect, useRef } from 'react';
import type { ReactElement, RefObject } from 'react';
import { useCellIds } from '#renderer/workspace/index.ts';
import type { CellId } from '#shared/domain/ids.ts';
import { pageWords } from '#shared/messages/page.ts';
import { CellFrame } from './CellFrame.tsx';
import { commandFor } from './command-keys.ts';
import type { KeyPress, PendingKey } from './command-keys.ts';
import { InsertBar } from './InsertBar.tsx';
import { usePage } from './page-context.ts';
import { runCommand } from './run-command.ts';

/** The cells in order, with the keys of command mode. */
export const CellList = memo(function CellList(): ReactElement {
  const order = useCellIds();
  const section = useRef<HTMLElement>(null);
  useCommandKeys(section, order);
  return (
    <section ref={section} className="cells" aria-label={pageWords.cellsLabel}>
      {order.map((cellId, index) => (
        <Fragment key={cellId}>
          <InsertBar afterCellId={order[index - 1] ?? null} />
          <CellFrame cellId={cellId} position={index + 1} count={order.length} />
        </Fragment>
      ))}
      <InsertBar afterCellId={order.at(-1) ?? null} isAlwaysShown />
    </section>
  );
});

/**
 * Keys pressed in the cells, or nowhere in particular: when a cell that had the focus is removed the
 * browser leaves it nowhere, and the next key must not be lost.
 */
function useCommandKeys(section: RefObject<HTMLElement | null>, order: readonly CellId[]): void {
  const { state, commands } = usePage();
  const pending = useRef<PendingKey>(null);
  useEffect(() => {
    const keyDown = (event: KeyboardEvent): void => {
      const { selectedId, isEditing } = state.getState();
      const { target } = event;
      if (event.defaultPrevented || isEditing || !(target instanceof Element)) return;
      if (target !== document.body && !section.current?.contains(target)) return;
      if (event.key === 'Escape') return target.closest<HTMLElement>('.cell')?.focus();
      if (isTakenByTarget(event, target)) return;
      const result = commandFor(keyPress(event), pending.current, performance.now());
      pending.current = result.pending;
      if (!result.command) return;
      event.preventDefault();
      if (selectedId) void runCommand(result.command, selectedId, order, commands);
      else if (order[0]) commands.select(order[0]);
    };
    document.addEventListener('keydown', keyDown);
    return () => document.removeEventListener('keydown', keyDown);
  }, [section, order, state, commands]);
}

function keyPress(event: KeyboardEvent): KeyPress {
  const { key, repeat, ctrlKey: ctrl, shiftKey: shift, altKey: alt, metaKey: meta } = event;
  return { key, repeat, ctrl, shift, alt, meta };
}

/** Fields take every key; buttons, tabs and folds take those that press and move them. */
function isTakenByTarget(event: KeyboardEvent, target: Element): boolean {
  const { key } = event;
  if (target.closest('input, textarea, select, [contenteditable="true"]')) return true;
  if (target.closest('button, a, summary, [role="tab"]') === null) return false;
  const isModified = event.shiftKey || event.ctrlKey || event.metaKey || event.altKey;
  return key === ' ' || key.startsWith('Arrow') || (key === 'Enter' && !isModified);
}
