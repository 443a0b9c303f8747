import type { Token } from 'markdown-it';

/** One top-level block before its inline content is parsed. */
export interface RawBlock {
  readonly tokens: Token[];
  readonly source: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** Whether the block is a formula without an end; the same source is a paragraph where the text goes on. */
export function isCutOff({ tokens }: RawBlock): boolean {
  return tokens.some(({ type }) => type === 'formula_source');
}

/** Splits the tokens of a document at its top level; link definitions belong to no block. */
export function splitBlocks(tokens: readonly Token[], lines: readonly string[]): RawBlock[] {
  const blocks: RawBlock[] = [];
  let open: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0 && token.type === 'reference_definition') continue;
    open.push(token);
    depth += token.nesting;
    if (depth > 0) continue;
    const [startLine, end] = open[0]?.map ?? [0, 0];
    // Some blocks count the blank lines behind them as their own, depending on what follows.
    let endLine = end;
    while (endLine > startLine + 1 && /^[ \t]*$/.test(lines[endLine - 1] ?? '')) endLine--;
    // With its last line break, which an unclosed code fence shows, and a paragraph does not.
    const isText = open[0]?.type === 'paragraph_open' || open[0]?.type === 'heading_open';
    const source = lines.slice(startLine, end).join('\n') + (end < lines.length && !isText ? '\n' : '');
    blocks.push({ tokens: open, source, startLine, endLine });
    open = [];
  }
  return blocks;
}

/** Lines as markdown-it counts them. */
export function linesOf(source: string): string[] {
  return source.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD').split('\n');
}
