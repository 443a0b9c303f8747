import type { ReactElement } from 'react';
import { SafeHtml, useRendered, useStreamed } from '#renderer/markup/index.ts';
import type { Macros } from '#shared/domain/notebook.ts';
import type { RenderedBlock } from '#shared/markup/index.ts';

interface TextProps {
  readonly text: string;
  readonly macros: Macros;
  readonly className?: string;
}

interface TypesetProps {
  readonly blocks: readonly RenderedBlock[];
  /** What the blocks were, or will be, made of. */
  readonly text: string;
  readonly className?: string;
}

/** More would take longer to lay out than to typeset. */
const placeholderChars = 50_000;

/** Typeset Markdown. Until it is ready its place is kept by the source, unseen, so that nothing jumps. */
export function Typeset({ blocks, text, className = '' }: TypesetProps): ReactElement {
  if (blocks.length === 0 && text.trim() !== '') {
    return (
      <div className={`prose is-pending ${className}`} aria-busy="true">
        {text.slice(0, placeholderChars)}
      </div>
    );
  }
  return <SafeHtml blocks={blocks} className={`prose ${className}`} />;
}

export function RenderedText({ text, macros, className = '' }: TextProps): ReactElement {
  const blocks = useRendered(text, macros);
  return <Typeset blocks={blocks} text={text} className={className} />;
}

/** A text that grows: only its last block is rendered again. */
export function StreamedText({ text, macros, className = '' }: TextProps): ReactElement {
  const blocks = useStreamed(text, macros);
  return <SafeHtml blocks={blocks} className={`prose ${className}`} />;
}
