import { useState } from 'react';
import type { ReactElement } from 'react';
import type { Macros } from '#shared/domain/notebook.ts';
import { pageWords } from '#shared/messages/page.ts';
import { RenderedText } from './AnswerText.tsx';

export interface ThinkingFoldProps {
  readonly thinking: string;
  readonly headings: number;
  readonly macros: Macros;
}

/** The thinking a provider gave, folded away until someone wants to read it. */
export function ThinkingFold({ thinking, headings, macros }: ThinkingFoldProps): ReactElement | null {
  const [isOpen, setIsOpen] = useState(false);
  if (thinking.trim() === '') return null;
  return (
    <details
      className="thinking-fold"
      open={isOpen}
      onToggle={(event) => setIsOpen(event.currentTarget.open)}
    >
      <summary>{pageWords.thinkingSummary(headings)}</summary>
      {/* A closed fold typesets nothing: thinking is often ten times the answer. */}
      {isOpen && <RenderedText text={thinking} macros={macros} className="thinking-text" />}
    </details>
  );
}
