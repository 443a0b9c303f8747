import { markupText } from '../messages/markup.ts';
import { escapeHtml } from './escape.ts';
import type { RenderedBlock } from './types.ts';

/** A block that took too long, shown as its source with the reason. */
export function sourceBlock(source: string, index: number): RenderedBlock {
  const reason = escapeHtml(markupText.problem({ code: 'too-slow' }));
  return {
    key: String(index),
    html: `<div class="source-block"><p class="source-block-reason">${reason}</p><pre><code>${escapeHtml(source)}</code></pre></div>\n`,
    startLine: 0,
    endLine: source.split('\n').length,
  };
}
