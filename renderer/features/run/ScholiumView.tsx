import type { ReactElement, ReactNode } from 'react';
import type { Scholium, ScholiumPart } from '#shared/scholium/index.ts';
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
      aria-label={pageWords.receiptLabel(scholium.summaryText)}
      onClick={onOpen}
    >
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
      </span>
      <Notes scholium={scholium} />
    </button>
  );
}

function Parts({ scholium: { parts, isSolver, bar } }: { readonly scholium: Scholium }): ReactElement | null {
  const shown = parts.filter((part) => part.ms !== 0);
  // The solver's time is one piece, and the total has said it.
  if (isSolver || (shown.length <= 1 && bar.unobservedShare === 0)) return null;
  return (
    <span className="scholium-parts">
      {shown.map((part) => (
        <Part key={part.name} part={part} />
      ))}
    </span>
  );
}

/** The bar's legend and figures in one: a swatch as it is drawn there, and the time it stands for. */
function Part({ part }: { readonly part: ScholiumPart }): ReactElement {
  const swatch = part.ms === null ? 'unobserved' : part.name;
  return (
    <span className="scholium-part" title={part.label}>
      <span className={`swatch bar-${swatch}`} />
      {part.text}
    </span>
  );
}

function Notes({ scholium }: { readonly scholium: Scholium }): ReactNode {
  const { modelNote, isOtherModel, originText, stateText, tone } = scholium;
  const isEndedBadly = tone === 'failed' || tone === 'stopped' || tone === 'incomplete';
  return (
    <>
      {isOtherModel && <span className="scholium-line scholium-note">{modelNote}</span>}
      {isEndedBadly && <span className="scholium-line scholium-note">{stateText}</span>}
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
