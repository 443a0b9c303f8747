import type { ReactElement, ReactNode } from 'react';
import type { Scholium } from '#shared/scholium/index.ts';
import { pageWords } from '#shared/messages/page.ts';
import { ScholiumBar } from './ScholiumBar.tsx';

export interface ScholiumViewProps {
  readonly scholium: Scholium;
  /** The receipts of earlier runs stand below, smaller. */
  readonly isOlder?: boolean;
  onOpen(): void;
}

/** The receipt in the margin; pressed, it tells everything about the run. */
export function ScholiumView({ scholium, isOlder = false, onOpen }: ScholiumViewProps): ReactElement {
  const { model, effort, dateText, tone, bar, totalText, parts } = scholium;
  return (
    <button
      type="button"
      className={`scholium${isOlder ? ' is-older' : ''}`}
      data-tone={tone}
      aria-haspopup="dialog"
      onClick={onOpen}
    >
      <span className="visually-hidden">{pageWords.receiptLabel(scholium.summaryText)}</span>
      <span className="scholium-face" aria-hidden="true">
        <span className="scholium-who">
          <span className="scholium-model">{model}</span>
          {effort !== null && <Dotted>{effort}</Dotted>}
          <span className="scholium-when">{dateText}</span>
        </span>
        <span className="scholium-time">
          <ScholiumBar bar={bar} />
          <span className="scholium-total">{totalText}</span>
        </span>
        {!isOlder && parts.length > 0 && <Parts scholium={scholium} />}
        {scholium.tokensText !== null && <span className="scholium-line">{scholium.tokensText}</span>}
        <span className="scholium-line">
          <span>{scholium.costText}</span>
          {!isOlder && scholium.inputText !== null && <Dotted>{scholium.inputText}</Dotted>}
          {(tone === 'failed' || tone === 'stopped') && (
            <Dotted>
              <span className="scholium-state">{scholium.stateText}</span>
            </Dotted>
          )}
        </span>
        <Notes scholium={scholium} />
      </span>
    </button>
  );
}

function Parts({ scholium: { parts, isSolver } }: { readonly scholium: Scholium }): ReactElement | null {
  const shown = parts.filter((part) => part.ms !== null && part.ms > 0);
  const unobserved = parts.filter((part) => part.ms === null);
  // The solver's time is one piece, and of a run that nobody saw working only the total is known.
  if (isSolver || shown.length === 0 || (shown.length === 1 && unobserved.length === 0)) return null;
  return (
    <span className="scholium-parts">
      {shown.map((part) => (
        <span key={part.name} className="scholium-part" title={part.label}>
          <span className={`swatch bar-${part.name}`} />
          {part.text}
        </span>
      ))}
      {unobserved.length > 0 && (
        <span className="scholium-part">
          <span className="swatch bar-unobserved" />
          {pageWords.partsNotObserved(unobserved.map((part) => part.label))}
        </span>
      )}
    </span>
  );
}

function Notes({ scholium }: { readonly scholium: Scholium }): ReactNode {
  const { modelNote, isOtherModel, originText, stateText, tone } = scholium;
  return (
    <>
      {tone === 'incomplete' && <span className="scholium-line scholium-note">{stateText}</span>}
      {isOtherModel && <span className="scholium-line scholium-note">{modelNote}</span>}
      {originText !== null && <span className="scholium-line scholium-note">{originText}</span>}
    </>
  );
}

function Dotted({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <>
      <span className="dot"> · </span>
      <span>{children}</span>
    </>
  );
}
