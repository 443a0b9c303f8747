import { Plus } from 'lucide-react';
import { memo } from 'react';
import type { ReactElement } from 'react';
import type { CellKind } from '#shared/domain/cell.ts';
import type { CellId } from '#shared/domain/ids.ts';
import { pageWords } from '#shared/messages/page.ts';
import { usePage } from './page-context.ts';

/** "+ note  + problem": between two cells only under the pointer or the focus, at the end always. */
export const InsertBar = memo(function InsertBar(props: {
  readonly afterCellId: CellId | null;
  readonly isAlwaysShown?: boolean;
}): ReactElement {
  const { commands } = usePage();
  const { afterCellId, isAlwaysShown = false } = props;
  const button = (kind: CellKind, label: string, text: string): ReactElement => (
    <button type="button" aria-label={label} onClick={() => commands.insert(kind, afterCellId)}>
      <Plus size={12} aria-hidden />
      {text}
    </button>
  );
  return (
    <div className={isAlwaysShown ? 'insert-bar is-shown' : 'insert-bar'}>
      <div className="insert-buttons">
        {button('note', pageWords.addNoteLabel, pageWords.addNote)}
        {button('problem', pageWords.addProblemLabel, pageWords.addProblem)}
      </div>
    </div>
  );
});
