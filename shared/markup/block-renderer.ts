import type { Env, Token } from 'markdown-it';
import type { Macros } from '../domain/notebook.ts';
import { isCutOff } from './blocks.ts';
import type { RawBlock } from './blocks.ts';
import { createBoundedCache, flatten } from './bounded-cache.ts';
import type { FormulaRenderer } from './formula.ts';
import type { Markdown } from './markdown.ts';
import { formulaToHtml } from './markdown.ts';
import { sourceBlock } from './source-block.ts';
import type { MarkupOutput, RenderedHeading, RenderOptions } from './types.ts';

const cacheLimitChars = 24_000_000;
const idLimitChars = 8_000_000;
/** A block of more source than this is not worth trying. */
const sourceLimitChars = 200_000;
/** A window needs too long to lay out more than this at once. */
const htmlLimitChars = 6_000_000;

/** A block's HTML with the headings in it, lines counted from the block's first. */
export interface BlockHtml {
  readonly html: string;
  readonly headings: readonly RenderedHeading[];
}

export type References = NonNullable<Env['references']>;

/** What the blocks of one document share. */
export interface BlockContext {
  readonly macros: Macros;
  readonly output: MarkupOutput;
  readonly references: References;
  /** Equal numbers mean equal macros (or references), so that cache keys stay short. */
  readonly macrosId: number;
  readonly referencesId: number;
}

export interface BlockRenderer {
  contextFor(options: RenderOptions, references: References): BlockContext;
  /** The block if it is in the cache. */
  known(block: RawBlock, context: BlockContext): BlockHtml | undefined;
  render(block: RawBlock, context: BlockContext): BlockHtml;
  /** Puts a rendered block into the cache, in one piece, and returns it so. */
  keep(block: RawBlock, context: BlockContext, rendered: BlockHtml): BlockHtml;
}

export function createBlockRenderer(markdown: Markdown, formulas: FormulaRenderer): BlockRenderer {
  const cache = createBoundedCache<BlockHtml>(cacheLimitChars, ({ html }) => html.length + 64);
  const idOf = createIds();

  function render(block: RawBlock, context: BlockContext): BlockHtml {
    if (isTooLong(block)) return { html: sourceBlock(block.source, 0).html, headings: [] };
    const env: Env = {
      references: context.references,
      [formulaToHtml]: (request: Parameters<FormulaRenderer['render']>[0]) =>
        formulas.render(request, context),
    };
    const tokens = markdown.parseInlines(block.tokens, env);
    const html = markdown.toHtml(tokens, env);
    if (html.length > htmlLimitChars) return { html: sourceBlock(block.source, 0).html, headings: [] };
    return { html: html.toWellFormed(), headings: headingsIn(tokens, block.startLine) };
  }

  return {
    contextFor: ({ macros, output }, references) => ({
      macros,
      output: output ?? 'screen',
      references,
      macrosId: idOf(JSON.stringify(macros)),
      referencesId: idOf(JSON.stringify(references)),
    }),
    known: (block, context) => cache.get(keyOf(block, context)),
    render,
    keep(block, context, rendered) {
      const kept = { ...rendered, html: flatten(rendered.html) };
      cache.set(keyOf(block, context), kept);
      return kept;
    },
  };
}

/** A formula says itself that it is too long, and a picture's data is long without being work. */
function isTooLong({ source, tokens }: RawBlock): boolean {
  if (source.length <= sourceLimitChars || tokens[0]?.type === 'formula_block') return false;
  return !source.includes('(data:image/');
}

function keyOf(block: RawBlock, { output, macrosId, referencesId }: BlockContext): string {
  const { source } = block;
  // Without a bracket there is no link, and without a dollar or backslash no formula.
  const references = source.includes('[') ? referencesId : '';
  const macros = /[$\\]|math/.test(source) ? macrosId : '';
  return `${output} ${macros} ${references} ${isCutOff(block) ? 'cut ' : ''}${source}`;
}

/** Gives equal texts equal numbers; a number is never given twice. */
function createIds(): (text: string) => number {
  const ids = createBoundedCache<number>(idLimitChars, () => 8);
  let last = 0;
  return (text) => {
    const known = ids.get(text);
    if (known !== undefined) return known;
    last += 1;
    ids.set(text, last);
    return last;
  };
}

function headingsIn(tokens: readonly Token[], startLine: number): RenderedHeading[] {
  const [open, inline] = tokens;
  if (open?.type !== 'heading_open' || inline?.type !== 'inline') return [];
  const text = (inline.children ?? [])
    .map((token) => (token.type === 'softbreak' ? ' ' : token.content))
    .join('');
  return [
    { level: Number(open.tag.slice(1)), text: text.trim(), line: (open.map?.[0] ?? startLine) - startLine },
  ];
}
