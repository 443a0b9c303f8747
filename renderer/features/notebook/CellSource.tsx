import { useContext } from 'react';
import type { ReactElement } from 'react';
import { SafeHtml, useRendered } from '#renderer/markup/index.ts';
import type { CellDraftHandle } from '#renderer/workspace/index.ts';
import { pageWords } from '#shared/messages/page.ts';
import { RenderedText } from '../run/AnswerText.tsx';
import { CellEditor } from './CellEditor.tsx';
import { MacrosContext, usePage } from './page-context.ts';

/** A cell's own text: typeset, or under the editor with its preview below. */
export function CellSource(props: {
  readonly draft: CellDraftHandle;
  readonly isEditing: boolean;
}): ReactElement {
  const { draft, isEditing } = props;
  const { cell } = draft;
  const macros = useContext(MacrosContext);
  const { commands } = usePage();
  if (isEditing) return <Editing draft={draft} />;
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
    <div className="cell-text" onClick={(event) => editUnlessReading(event, () => commands.edit(cell.id))}>
      <RenderedText text={cell.source} macros={macros} />
    </div>
  );
}

/** A click opens the editor, except on a link or at the end of selecting text. */
function editUnlessReading(event: { target: EventTarget }, edit: () => void): void {
  const isOnLink = event.target instanceof Element && event.target.closest('a') !== null;
  const selection = window.getSelection();
  if (isOnLink || (selection && !selection.isCollapsed)) return;
  edit();
}

function Editing({ draft }: { readonly draft: CellDraftHandle }): ReactElement {
  const { cell } = draft;
  const { commands } = usePage();
  const macros = useContext(MacrosContext);
  const blocks = useRendered(cell.source, macros);
  return (
    <div className="cell-editing">
      <CellEditor
        source={cell.source}
        label={pageWords.editorLabel[cell.kind]}
        hint={pageWords.editorHint[cell.kind]}
        changed={(source) => draft.edit({ source })}
        left={() => commands.leaveEditing()}
        ran={(then) => void commands.runByHabit(cell.id, then)}
      />
      {cell.source.trim() !== '' && (
        <div className="cell-preview" role="region" aria-label={pageWords.previewLabel}>
          <SafeHtml blocks={blocks} className="prose" />
        </div>
      )}
    </div>
  );
}
