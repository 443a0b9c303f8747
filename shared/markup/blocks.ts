import type { Token } from 'markdown-it';

/** One top-level block before its inline content is parsed. */
export interface RawBlock {
  readonly tokens: Token[];
  readonly source: string;
  readonly startLine: number;
  readonly endLine: number;
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
    const [startLine, endLine] = open[0]?.map ?? [0, 0];
    blocks.push({ tokens: open, source: lines.slice(startLine, endLine).join('\n'), startLine, endLine });
    open = [];
  }
  return blocks;
}

/** Lines as markdown-it counts them. */
export function linesOf(source: string): string[] {
  return source.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD').split('\n');
}
