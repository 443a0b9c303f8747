import type { Macros } from '#shared/domain/notebook.ts';
import type { RenderedBlock } from '#shared/markup/index.ts';

const limitChars = 24_000_000;

// What the window has rendered, so that scrolling back shows it at once; oldest first.
const entries = new Map<string, readonly RenderedBlock[]>();
let heldChars = 0;

/** The blocks of this text if they were rendered before. */
export function renderedBefore(source: string, macros: Macros): readonly RenderedBlock[] | undefined {
  const key = keyOf(source, macros);
  const blocks = entries.get(key);
  if (!blocks) return undefined;
  entries.delete(key);
  entries.set(key, blocks);
  return blocks;
}

export function rememberRendered(source: string, macros: Macros, blocks: readonly RenderedBlock[]): void {
  const key = keyOf(source, macros);
  forget(key);
  entries.set(key, blocks);
  heldChars += weightOf(key, blocks);
  for (const oldest of entries.keys()) {
    if (heldChars <= limitChars) return;
    forget(oldest);
  }
}

function forget(key: string): void {
  const blocks = entries.get(key);
  if (!blocks) return;
  entries.delete(key);
  heldChars -= weightOf(key, blocks);
}

function weightOf(key: string, blocks: readonly RenderedBlock[]): number {
  return blocks.reduce((sum, { html }) => sum + html.length, key.length);
}

// Macros are the same object for all cells of a notebook, so they are written out once.
const written = new WeakMap<Macros, string>();
function keyOf(source: string, macros: Macros): string {
  let text = written.get(macros);
  if (text === undefined) {
    text = JSON.stringify(macros);
    written.set(macros, text);
  }
  return `${text}\n${source}`;
}
