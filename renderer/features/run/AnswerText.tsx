import type { ReactElement } from 'react';
import { SafeHtml, useRendered, useStreamed } from '#renderer/markup/index.ts';
import type { Macros } from '#shared/domain/notebook.ts';

interface TextProps {
  readonly text: string;
  readonly macros: Macros;
  readonly className?: string;
}

/** Typeset Markdown. Until it is ready its place is kept by the source, unseen, so that nothing jumps. */
export function RenderedText({ text, macros, className = '' }: TextProps): ReactElement {
  const blocks = useRendered(text, macros);
  if (blocks.length === 0 && text.trim() !== '') {
    return (
      <div className={`prose is-pending ${className}`} aria-busy="true">
        {text}
      </div>
    );
  }
  return <SafeHtml blocks={blocks} className={`prose ${className}`} />;
}

/** As above for a text that grows: only its last block is rendered again. */
export function StreamedText({ text, macros, className = '' }: TextProps): ReactElement {
  const blocks = useStreamed(text, macros);
  return <SafeHtml blocks={blocks} className={`prose ${className}`} />;
}
