import { useState } from 'react';
import type { ReactElement } from 'react';
import { Button } from '#renderer/components/Button.tsx';
import type { CellDraftHandle } from '#renderer/workspace/index.ts';
import { pageWords } from '#shared/messages/page.ts';

/** The same cell was changed here and elsewhere: both texts are kept, and the user chooses. */
export function ConflictNote({ draft }: { readonly draft: CellDraftHandle }): ReactElement | null {
  const [isOpen, setIsOpen] = useState(false);
  if (draft.save.kind !== 'conflict' || !draft.theirs) return null;
  return (
    <div className="conflict" role="alert">
      <p>{pageWords.conflict}</p>
      <div className="conflict-actions">
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
          {isOpen ? pageWords.hideTheirs : pageWords.showTheirs}
        </Button>
        <Button onClick={() => draft.keepMine()}>{pageWords.keepMine}</Button>
        <Button onClick={() => draft.takeTheirs()}>{pageWords.takeTheirs}</Button>
      </div>
      {isOpen && <pre className="conflict-text">{draft.theirs.source}</pre>}
    </div>
  );
}
