import { useId, useMemo, useState } from 'react';
import type { ReactElement } from 'react';
import { pageWords } from '#shared/messages/page.ts';
import { questionDiff } from './question-change.ts';
import type { DiffPiece } from './question-change.ts';

export interface QuestionChangedProps {
  readonly asked: string;
  readonly now: string;
  /** `null` while something is running already. */
  readonly onRunAgain: (() => void) | null;
}

/** An answer to a question that reads otherwise now says so, and shows how. */
export function QuestionChanged({ asked, now, onRunAgain }: QuestionChangedProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  return (
    <div className="question-changed">
      <p>
        {pageWords.questionChanged}{' '}
        <button
          type="button"
          className="text-button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? pageWords.hideChange : pageWords.showChange}
        </button>
        {onRunAgain && (
          <>
            <span className="dot"> · </span>
            <button type="button" className="text-button" onClick={onRunAgain}>
              {pageWords.runAgainLink}
            </button>
          </>
        )}
      </p>
      {isOpen && <Change id={id} asked={asked} now={now} />}
    </div>
  );
}

function Change({
  id,
  asked,
  now,
}: {
  readonly id: string;
  readonly asked: string;
  readonly now: string;
}): ReactElement {
  const pieces = useMemo(() => questionDiff(asked, now), [asked, now]);
  return (
    <div id={id} role="group" aria-label={pageWords.changeLabel} className="question-diff">
      {pieces.map((piece, index) => (
        <Piece key={index} piece={piece} />
      ))}
    </div>
  );
}

function Piece({ piece }: { readonly piece: DiffPiece }): ReactElement {
  switch (piece.kind) {
    case 'added':
      return <ins>{piece.text}</ins>;
    case 'removed':
      return <del>{piece.text}</del>;
    case 'same':
      return <span>{piece.text}</span>;
  }
}
