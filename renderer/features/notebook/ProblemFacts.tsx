import { useState } from 'react';
import type { ReactElement } from 'react';
import type { CellDraftHandle } from '#renderer/workspace/index.ts';
import type { ProblemCell } from '#shared/domain/cell.ts';
import { pageWords } from '#shared/messages/page.ts';

interface ProblemFactProps {
  readonly cell: ProblemCell;
  readonly draft: CellDraftHandle;
}

/** "Problem · mechanics": the domain is a field that looks like text until it is wanted. */
export function ProblemHead({ cell, draft }: ProblemFactProps): ReactElement {
  return (
    <div className="problem-head">
      <span className="problem-kind">{pageWords.problem}</span>
      <input
        type="text"
        className="problem-domain"
        aria-label={pageWords.domainLabel}
        placeholder={pageWords.addDomain}
        title={pageWords.domainHint}
        value={cell.domain ?? ''}
        spellCheck={false}
        onChange={(event) => draft.edit({ domain: event.target.value === '' ? null : event.target.value })}
        onBlur={() => draft.flush()}
      />
    </div>
  );
}

/** The answer key, folded away so that it is not read by accident, and never sent to a model. */
export function AnswerKey({ cell, draft }: ProblemFactProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const { answerKey } = cell;
  return (
    <details className="answer-key" open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>{answerKey === null ? pageWords.answerKey : pageWords.answerKeySet}</summary>
      <textarea
        aria-label={pageWords.answerKeyLabel}
        rows={Math.min(12, (answerKey ?? '').split('\n').length)}
        value={answerKey ?? ''}
        spellCheck={false}
        onChange={(event) => draft.edit({ answerKey: event.target.value === '' ? null : event.target.value })}
        onBlur={() => draft.flush()}
      />
      <p className="answer-key-hint">{pageWords.answerKeyHint}</p>
    </details>
  );
}
