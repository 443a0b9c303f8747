import { useContext, useState } from 'react';
import type { ReactElement } from 'react';
import { useRendered } from '#renderer/markup/index.ts';
import type { CellDraftHandle } from '#renderer/workspace/index.ts';
import type { RenderedBlock } from '#shared/markup/index.ts';
import { pageWords } from '#shared/messages/page.ts';
import { Typeset } from '../run/AnswerText.tsx';
import { LazyCellEditor } from './LazyCellEditor.tsx';
import { MacrosContext, usePage } from './page-context.ts';
import { Preview } from './Preview.tsx';

/** A cell's own text: typeset, or under the editor with its preview below. */
export function CellSource(props: {
  readonly draft: CellDraftHandle;
  readonly isEditing: boolean;
}): ReactElement {
  const { draft, isEditing } = props;
  const { cell } = draft;
  const macros = useContext(MacrosContext);
  const { commands } = usePage();
  const blocks = useRendered(cell.source, macros);
  if (isEditing) return <Editing draft={draft} blocks={blocks} />;
  if (cell.source.trim() === '') {
    const hint = cell.kind === 'note' ? pageWords.emptyNote : pageWords.emptyProblem;
    return (
      <p className="cell-hint" onClick={() => commands.edit(cell.id)}>
        {hint}
      </p>
    );
  }
  return (
    // Keyboards open the editor with Enter on the cell itself.
    <div
      className="cell-text"
      onClick={({ target }) => {
        if (!isReading(target)) commands.edit(cell.id, blocks[blockIndex(target)]?.startLine);
      }}
    >
      <Typeset blocks={blocks} text={cell.source} />
    </div>
  );
}

/** A click on a link, or at the end of selecting text, does not mean to write. */
function isReading(target: EventTarget): boolean {
  const selection = window.getSelection();
  const isOnLink = target instanceof Element && target.closest('a') !== null;
  return isOnLink || (selection !== null && !selection.isCollapsed);
}

/** Which block of the typeset text was clicked; -1 for none. */
function blockIndex(target: EventTarget): number {
  const block = target instanceof Element ? target.closest('.markup-block') : null;
  return block?.parentElement ? [...block.parentElement.children].indexOf(block) : -1;
}

interface EditingProps {
  readonly draft: CellDraftHandle;
  readonly blocks: readonly RenderedBlock[];
}

function Editing({ draft, blocks }: EditingProps): ReactElement {
  const { cell } = draft;
  const { commands, state } = usePage();
  // Read once: where editing began does not follow the caret.
  const [caretLine] = useState(() => state.getState().caretLine);
  const [line, setLine] = useState(caretLine);
  return (
    <div className="cell-editing">
      <LazyCellEditor
        source={cell.source}
        label={pageWords.editorLabel[cell.kind]}
        hint={pageWords.editorHint[cell.kind]}
        caretLine={caretLine}
        changed={(source) => draft.edit({ source })}
        left={() => commands.leaveEditing()}
        ran={(then) => void commands.runByHabit(cell.id, then)}
        caretOnLine={setLine}
      />
      {cell.source.trim() !== '' && <Preview blocks={blocks} line={line} />}
    </div>
  );
}
