import { memo, useEffect, useRef } from 'react';
import type { FocusEvent, ReactElement } from 'react';
import { useStore } from 'zustand';
import { useCellDraft } from '#renderer/workspace/index.ts';
import type { CellDraftHandle } from '#renderer/workspace/index.ts';
import type { Cell } from '#shared/domain/cell.ts';
import type { CellId } from '#shared/domain/ids.ts';
import { pageWords } from '#shared/messages/page.ts';
import { standingOf } from '../run/answered.ts';
import { DamageNote } from '../run/DamageNote.tsx';
import { useCellRuns } from '../run/use-cell-runs.ts';
import { CellBoundary } from './CellBoundary.tsx';
import { CellSource } from './CellSource.tsx';
import { CellToolbar } from './CellToolbar.tsx';
import { ConflictNote } from './ConflictNote.tsx';
import { usePage } from './page-context.ts';
import { ProblemBody } from './ProblemBody.tsx';
import { useNearScreen } from './use-near-screen.ts';

interface CellFrameProps {
  readonly cellId: CellId;
  readonly position: number;
  readonly count: number;
}

/** One cell with its place, selection and focus; drawn once it comes near the screen. */
export const CellFrame = memo(function CellFrame({
  cellId,
  position,
  count,
}: CellFrameProps): ReactElement | null {
  const { state, commands } = usePage();
  const draft = useCellDraft(cellId);
  const isSelected = useStore(state, (now) => now.selectedId === cellId);
  const isEditing = useStore(state, (now) => now.isEditing && now.selectedId === cellId);
  // With nothing selected yet, Tab reaches the first cell.
  const isTabStop = useStore(state, (now) =>
    now.selectedId === null ? position === 1 : now.selectedId === cellId,
  );
  const frame = useRef<HTMLElement>(null);
  const isNear = useNearScreen(frame);
  useFocusWhenSelected(frame, isSelected, isEditing);
  const label = useLabel(draft?.cell, position, count);
  if (!draft) return null;

  const leave = (event: FocusEvent): void => {
    // Whoever goes elsewhere has finished a thought: it is saved now.
    if (!event.currentTarget.contains(event.relatedTarget)) draft.flush();
  };
  return (
    <article
      ref={frame}
      className="cell"
      data-cell={cellId}
      data-kind={draft.cell.kind}
      data-selected={isSelected}
      data-editing={isEditing}
      aria-label={label}
      aria-current={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={() => commands.select(cellId)}
      onBlur={leave}
    >
      {isNear || isEditing ? (
        <CellBoundary source={draft.cell.source}>
          <CellContent draft={draft} isEditing={isEditing} />
        </CellBoundary>
      ) : (
        <Distant cell={draft.cell} />
      )}
    </article>
  );
});

function CellContent({
  draft,
  isEditing,
}: {
  readonly draft: CellDraftHandle;
  readonly isEditing: boolean;
}): ReactElement {
  const { cell } = draft;
  return (
    <>
      <CellToolbar cell={cell} />
      <ConflictNote draft={draft} />
      {cell.isDamaged && <DamageNote of="cell" />}
      {cell.kind === 'problem' ? (
        <ProblemBody cell={cell} draft={draft} isEditing={isEditing} />
      ) : (
        <div className="note">
          <CellSource draft={draft} isEditing={isEditing} />
        </div>
      )}
    </>
  );
}

/** Far from the screen a cell is its plain text: it keeps its place, and the browser's search finds it. */
function Distant({ cell }: { readonly cell: Cell }): ReactElement {
  return <div className="prose cell-distant">{cell.source}</div>;
}

function useLabel(cell: Cell | undefined, position: number, count: number): string {
  const runs = useCellRuns(cell?.id ?? null);
  if (!cell || cell.kind === 'note') return pageWords.noteLabel(position, count);
  return pageWords.problemLabel(position, count, pageWords.standing[standingOf(cell.source, runs)]);
}

function useFocusWhenSelected(
  frame: { readonly current: HTMLElement | null },
  isSelected: boolean,
  isEditing: boolean,
): void {
  useEffect(() => {
    const element = frame.current;
    if (!element || !isSelected || isEditing) return;
    // A field or button inside it may have the focus already, and keeps it.
    if (element.contains(document.activeElement)) return;
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block: 'nearest' });
  }, [frame, isSelected, isEditing]);
}
