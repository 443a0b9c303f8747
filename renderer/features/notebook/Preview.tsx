import { useLayoutEffect, useRef } from 'react';
import type { ReactElement } from 'react';
import { SafeHtml } from '#renderer/markup/index.ts';
import type { RenderedBlock } from '#shared/markup/index.ts';
import { pageWords } from '#shared/messages/page.ts';
import { blockAtLine } from './block-at-line.ts';

interface PreviewProps {
  readonly blocks: readonly RenderedBlock[];
  /** Where the caret is, counted from 0; `null`: at the end of the text. */
  readonly line: number | null;
}

/** The text under the editor as it will read. Of a long one the part being written stays in sight. */
export function Preview({ blocks, line }: PreviewProps): ReactElement {
  const frame = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    keepCaretAbove(element);
    if (element.scrollHeight <= element.clientHeight) return;
    const block = element.querySelectorAll<HTMLElement>('.markup-block')[blockAtLine(blocks, line)];
    if (block) element.scrollTop += distanceIntoView(element, block);
  }, [blocks, line]);
  return (
    // Scrollable by keys too, as all that scrolls must be.
    <div ref={frame} className="cell-preview" role="region" aria-label={pageWords.previewLabel} tabIndex={0}>
      <SafeHtml blocks={blocks} className="prose" />
    </div>
  );
}

/** How far the frame must scroll to show the block, its beginning first; 0 when it shows already. */
function distanceIntoView(frame: HTMLElement, block: HTMLElement): number {
  const view = frame.getBoundingClientRect();
  const { top, bottom } = block.getBoundingClientRect();
  if (top < view.top) return top - view.top;
  return Math.max(0, Math.min(bottom - view.bottom, top - view.top));
}

/** A preview that grows must not come to lie over the line being written. */
function keepCaretAbove(preview: HTMLElement): void {
  const caret = preview.closest('.cell-editing')?.querySelector('.cm-cursor-primary');
  const page = preview.closest('.page-area');
  if (!caret || !page) return;
  const view = preview.getBoundingClientRect();
  const { top, bottom } = caret.getBoundingClientRect();
  if (bottom > view.top && top < view.bottom) page.scrollTop += bottom - view.top;
}
