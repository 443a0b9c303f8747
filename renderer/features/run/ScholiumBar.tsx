import type { CSSProperties, ReactElement } from 'react';
import type { ScholiumBar as Bar } from '#shared/scholium/index.ts';

const percent = (share: number): string => `${(share * 100).toFixed(2)}%`;
const wide = (share: number): CSSProperties => ({ width: percent(share) });

/** A run's time: hollow wait, hatched thinking, solid writing; legible in grey. The figures beside it say the same. */
export function ScholiumBar({ bar }: { readonly bar: Bar }): ReactElement {
  const isDrawn = bar.lengthShare > 0;
  return (
    <span className="bar" aria-hidden="true">
      {isDrawn && (
        <span className="bar-length" style={wide(bar.lengthShare)}>
          <Part kind="wait" share={bar.waitShare} />
          <Part kind="thinking" share={bar.thinkingShare} />
          {/* Where the writing was seen, what was not seen came before it. */}
          <Part kind="unobserved" share={bar.unobservedShare} />
          <Part kind="writing" share={bar.writingShare} />
          {bar.ticks.map((tick) => (
            <span
              key={`${tick.atMs} ${tick.text}`}
              className="bar-tick"
              style={{ left: percent(tick.share) }}
              title={tick.text}
            />
          ))}
        </span>
      )}
    </span>
  );
}

function Part({ kind, share }: { readonly kind: string; readonly share: number }): ReactElement | null {
  return share > 0 ? <span className={`bar-part bar-${kind}`} style={wide(share)} /> : null;
}
