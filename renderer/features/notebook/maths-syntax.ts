import type { BlockContext, InlineContext, Line, MarkdownConfig } from '@lezer/markdown';
import { tags } from '@lezer/highlight';

/**
 * Maths for the editor's Markdown: inside `$ $`, `$$ $$`, `\( \)`, `\[ \]` and environments nothing is
 * Markdown, so that an underscore starts no emphasis there. It colours only; what is typeset is
 * decided by `shared/markup`.
 */
export const mathsSyntax: MarkdownConfig = {
  defineNodes: [
    { name: 'Maths', style: tags.special(tags.string) },
    { name: 'MathsBlock', block: true, style: tags.special(tags.string) },
  ],
  parseInline: [{ name: 'Maths', before: 'Escape', parse: parseInlineMaths }],
  parseBlock: [
    { name: 'MathsBlock', before: 'FencedCode', parse: parseMathsBlock, endLeaf: (_, line) => opens(line) },
  ],
};

const dollar = 36;
const backslash = 92;

function parseInlineMaths(context: InlineContext, next: number, at: number): number {
  if (next !== dollar && next !== backslash) return -1;
  const text = context.slice(at, context.end);
  const found =
    /^(?:\$\$[^$]+\$\$|\$(?=[^\s$])(?:[^$\\]|\\[^])*?(?<=\S)\$(?!\d)|\\\([^]*?\\\)|\\\[[^]*?\\\])/.exec(text);
  if (!found) return -1;
  return context.addElement(context.elt('Maths', at, at + found[0].length));
}

const blockPairs: readonly (readonly [open: RegExp, close: (opened: string) => RegExp])[] = [
  [/^\$\$/, () => /\$\$\s*$/],
  [/^\\\[/, () => /\\\]/],
  [/^\\begin\{([a-zA-Z]+\*?)\}/, (name) => new RegExp(`\\\\end\\{${name.replace('*', '\\*')}\\}`)],
];

function opens(line: Line): boolean {
  const text = line.text.slice(line.pos);
  return blockPairs.some(([open]) => open.test(text));
}

/** Up to the closing delimiter, or to an empty line while the block is still being written. */
function parseMathsBlock(context: BlockContext, line: Line): boolean {
  const first = line.text.slice(line.pos);
  for (const [open, closeOf] of blockPairs) {
    const opened = open.exec(first);
    if (!opened) continue;
    const close = closeOf(opened[1] ?? '');
    const from = context.lineStart + line.pos;
    let isClosed = close.test(first.slice(opened[0].length));
    while (context.nextLine() && !isClosed) {
      if (line.text.trim() === '') break;
      isClosed = close.test(line.text);
    }
    context.addElement(context.elt('MathsBlock', from, context.prevLineEnd()));
    return true;
  }
  return false;
}
