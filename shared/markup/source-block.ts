import { markupText } from '../messages/markup.ts';
import { escapeHtml } from './escape.ts';
import type { RenderedBlock } from './types.ts';

/** A window lays out this much unbroken text at once without being felt to stop. */
export const shownSourceChars = 50_000;

/** A block that took too long, or is too long to be tried, shown as its source with the reason. */
export function sourceBlock(source: string, index: number): RenderedBlock {
  const isWhole = source.length <= shownSourceChars;
  const shown = isWhole ? source : `${source.slice(0, shownSourceChars).toWellFormed()}…`;
  const reason = isWhole
    ? markupText.problem({ code: 'too-slow' })
    : markupText.shortened(shownSourceChars, source.length);
  return {
    key: String(index),
    html: `<div class="source-block"><p class="source-block-reason">${escapeHtml(reason)}</p><pre><code>${escapeHtml(shown)}</code></pre></div>\n`,
    startLine: 0,
    endLine: source.split('\n').length,
  };
}
