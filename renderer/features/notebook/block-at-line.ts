import type { RenderedBlock } from '#shared/markup/index.ts';

/** The index of the block in which this line stands, or of the last before it; `null` asks for the last block. */
export function blockAtLine(
  blocks: readonly Pick<RenderedBlock, 'startLine'>[],
  line: number | null,
): number {
  if (line === null) return blocks.length - 1;
  return Math.max(
    0,
    blocks.findLastIndex((block) => block.startLine <= line),
  );
}
