import type { Env } from 'markdown-it';
import { createBlockRenderer } from './block-renderer.ts';
import type { References } from './block-renderer.ts';
import { linesOf, splitBlocks } from './blocks.ts';
import { createFormulaRenderer } from './formula.ts';
import { createMarkdown } from './markdown.ts';
import { sourceBlock } from './source-block.ts';
import { createStream } from './stream.ts';
import type { StreamRenderer } from './stream.ts';
import type {
  FormulaRequest,
  RenderedBlock,
  RenderedDocument,
  RenderedHeading,
  RenderOptions,
} from './types.ts';

/** Told how far a render has come, by the worker that is watched for being too slow. */
export interface RenderProgress {
  /** The block structure is known. */
  readonly onParsed?: () => void;
  /** A block is about to be rendered. */
  readonly onBlock?: (source: string) => void;
  /** A formula is about to be typeset. */
  readonly onFormula?: (request: FormulaRequest) => void;
}

export interface MarkupRenderer {
  renderDocument(source: string, options: RenderOptions): RenderedDocument;
  /** A renderer for text that grows: see `StreamRenderer`. */
  createStream(options: RenderOptions): StreamRenderer;
  /** From now on this formula shows its source. */
  condemnFormula(request: FormulaRequest): void;
  /** From now on a block with this source is shown as it is. */
  condemnBlock(source: string): void;
}

/** A renderer with caches of its own, bounded in memory. */
export function createMarkupRenderer(progress: RenderProgress = {}): MarkupRenderer {
  const markdown = createMarkdown();
  const formulas = createFormulaRenderer((request) => progress.onFormula?.(request));
  const blockRenderer = createBlockRenderer(markdown, formulas);
  const condemnedBlocks = new Set<string>();
  const parts = { markdown, blockRenderer, condemnedBlocks, progress };

  function renderDocument(source: string, options: RenderOptions): RenderedDocument {
    const env: Env & { references: References } = { references: Object.create(null) };
    const tokens = markdown.parseBlocks(source, env);
    progress.onParsed?.();
    const context = blockRenderer.contextFor(options, env.references);
    const headings: RenderedHeading[] = [];
    const blocks = splitBlocks(tokens, linesOf(source)).map((raw, index): RenderedBlock => {
      const { startLine, endLine } = raw;
      if (condemnedBlocks.has(raw.source)) return { ...sourceBlock(raw.source, index), startLine, endLine };
      const known = blockRenderer.known(raw, context);
      if (!known) progress.onBlock?.(raw.source);
      const rendered = known ?? blockRenderer.keep(raw, context, blockRenderer.render(raw, context));
      for (const heading of rendered.headings) headings.push({ ...heading, line: heading.line + startLine });
      return { key: String(index), html: rendered.html, startLine, endLine };
    });
    return { blocks, headings };
  }

  return {
    renderDocument,
    createStream: (options) => createStream(parts, options),
    condemnFormula: (request) => formulas.condemn(request),
    condemnBlock: (source) => void condemnedBlocks.add(source),
  };
}
