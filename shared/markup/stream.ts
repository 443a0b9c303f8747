import type { Env } from 'markdown-it';
import type { BlockContext, BlockHtml, BlockRenderer, References } from './block-renderer.ts';
import type { RawBlock } from './blocks.ts';
import { isCutOff, linesOf, splitBlocks } from './blocks.ts';
import type { Markdown } from './markdown.ts';
import { isPartOfText, openMathsLine } from './maths/block-rule.ts';
import type { RenderProgress } from './renderer.ts';
import { sourceBlock } from './source-block.ts';
import type { RenderedBlock, RenderOptions } from './types.ts';

/** Blocks from `from` on take the place of those shown there before. */
export interface StreamUpdate {
  readonly from: number;
  readonly blocks: readonly RenderedBlock[];
}

/**
 * Renders text that grows, such as an answer while it arrives. Only what a further character could
 * still change is rendered again; finished blocks stay the same objects. After the last `append` the
 * blocks equal those of the whole text rendered at once.
 */
export interface StreamRenderer {
  append(text: string): StreamUpdate;
  readonly blocks: readonly RenderedBlock[];
}

export interface StreamParts {
  readonly markdown: Markdown;
  readonly blockRenderer: BlockRenderer;
  readonly condemnedBlocks: ReadonlySet<string>;
  readonly progress: RenderProgress;
}

type StreamEnv = Env & { references: References; [openMathsLine]?: unknown; [isPartOfText]?: boolean };

export function createStream(parts: StreamParts, options: RenderOptions): StreamRenderer {
  const { markdown, blockRenderer } = parts;
  /** Text behind the finished blocks, and the number of lines before it. */
  let tail = '';
  let tailLine = 0;
  const finished: { raw: RawBlock; block: RenderedBlock }[] = [];
  let finishedReferences: References = Object.create(null);
  let blocks: readonly RenderedBlock[] = [];
  let referencesId: number | null = null;
  /** The tail's blocks as they were shown last time, and as they are shown this time. */
  let recent = new Map<string, BlockHtml>();
  let shown = new Map<string, BlockHtml>();

  function parse(source: string, isPart = false): { env: StreamEnv; raws: RawBlock[]; lines: string[] } {
    const env: StreamEnv = {
      references: Object.assign(Object.create(null), finishedReferences),
      [isPartOfText]: isPart,
    };
    const lines = linesOf(source);
    return { env, raws: splitBlocks(markdown.parseBlocks(source, env), lines), lines };
  }

  function show(raw: RawBlock, index: number, context: BlockContext, isFinished: boolean): RenderedBlock {
    const place = { startLine: raw.startLine, endLine: raw.endLine };
    if (parts.condemnedBlocks.has(raw.source)) return { ...sourceBlock(raw.source, index), ...place };
    const recentKey = `${context.referencesId} ${isCutOff(raw) ? 'cut ' : ''}${raw.source}`;
    let rendered = recent.get(recentKey) ?? blockRenderer.known(raw, context);
    if (!rendered) {
      parts.progress.onBlock?.(raw.source);
      rendered = blockRenderer.render(raw, context);
    }
    // The last block's many passing states would only push others out of the cache.
    if (isFinished) rendered = blockRenderer.keep(raw, context, rendered);
    else shown.set(recentKey, rendered);
    return { key: String(index), html: rendered.html, ...place };
  }

  /**
   * A link definition that came later may complete a link in a block that was finished. Returns the
   * first block that changed, or the number of finished blocks.
   */
  function linkAgain(context: BlockContext): number {
    let first = finished.length;
    finished.forEach((entry, index) => {
      if (!entry.raw.source.includes('[')) return;
      const again = parse(entry.raw.source, true).raws[0];
      if (!again) return;
      const block = show({ ...entry.raw, tokens: again.tokens }, index, context, true);
      if (block.html === entry.block.html) return;
      finished[index] = { raw: entry.raw, block };
      first = Math.min(first, index);
    });
    return first;
  }

  /** Moves what no further text can change from the tail to the finished blocks. */
  function finish(boundary: number, lines: readonly string[], context: BlockContext): void {
    const { env, raws } = parse(`${lines.slice(0, boundary).join('\n')}\n`, true);
    finishedReferences = env.references;
    for (const raw of raws) {
      const placed = moved(raw, tailLine);
      finished.push({ raw: { ...placed, tokens: [] }, block: show(placed, finished.length, context, true) });
    }
    // A carriage return at the very end may be half of a line break.
    const rest = lines.slice(boundary).join('\n');
    tail = tail.endsWith('\r') ? `${rest.slice(0, -1)}\r` : rest;
    tailLine += boundary;
  }

  return {
    get blocks() {
      return blocks;
    },
    append(text) {
      tail += text;
      const first = parse(tail);
      parts.progress.onParsed?.();
      const context = blockRenderer.contextFor(options, first.env.references);
      const unchanged = context.referencesId === referencesId ? finished.length : linkAgain(context);
      referencesId = context.referencesId;

      let { raws } = first;
      const boundary = finishedBefore(raws, first.lines, first.env[openMathsLine]);
      if (boundary > 0) {
        raws = raws.filter((raw) => raw.startLine >= boundary).map((raw) => moved(raw, -boundary));
        finish(boundary, first.lines, context);
      }
      const next = finished.slice(unchanged).map(({ block }) => block);
      for (const raw of raws) next.push(show(moved(raw, tailLine), unchanged + next.length, context, false));
      [recent, shown] = [shown, new Map()];
      const same = sameAtStart(blocks, unchanged, next);
      const from = unchanged + same;
      const changed = next.slice(same);
      // Blocks that did not change stay the same objects.
      blocks = blocks.slice(0, from).concat(changed);
      return { from, blocks: changed };
    },
  };
}

function moved(raw: RawBlock, byLines: number): RawBlock {
  return { ...raw, startLine: raw.startLine + byLines, endLine: raw.endLine + byLines };
}

/**
 * The line of the tail before which nothing can change any more, or 0.
 *
 * A block is certain to begin at a line when the line before it is blank and the line itself is
 * complete: until then it might become a list item, a fence or a table. A display formula that is
 * still open may swallow everything behind its opener.
 */
function finishedBefore(raws: readonly RawBlock[], lines: readonly string[], openLine: unknown): number {
  const limit = typeof openLine === 'number' ? openLine : Infinity;
  for (let at = raws.length - 1; at > 0; at--) {
    const line = raws[at]?.startLine ?? 0;
    if (line <= limit && line < lines.length - 1 && /^[ \t]*$/.test(lines[line - 1] ?? '')) return line;
  }
  return 0;
}

/** How many of `after` equal what stands from `start` on in `before`. */
function sameAtStart(
  before: readonly RenderedBlock[],
  start: number,
  after: readonly RenderedBlock[],
): number {
  let at = 0;
  while (start + at < before.length && at < after.length) {
    const [a, b] = [before[start + at], after[at]];
    if (a !== b && (a?.html !== b?.html || a?.startLine !== b?.startLine || a?.endLine !== b?.endLine)) break;
    at++;
  }
  return at;
}
