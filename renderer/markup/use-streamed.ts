import { useEffect, useRef, useState } from 'react';
import type { Macros } from '#shared/domain/notebook.ts';
import type { MarkupStream, RenderedBlock } from '#shared/markup/index.ts';
import { rememberRendered, renderedBefore } from './document-cache.ts';
import { markupHost } from './markup-host.ts';

const none: readonly RenderedBlock[] = [];

/**
 * The blocks of a text that grows, such as a running answer: at most one render a frame, and only of
 * what changed. Finished blocks stay the same objects. A text that does not continue the one before
 * starts anew.
 */
export function useStreamed(text: string, macros: Macros): readonly RenderedBlock[] {
  const [blocks, setBlocks] = useState<readonly RenderedBlock[]>(() => renderedBefore(text, macros) ?? none);
  const [error, setError] = useState<unknown>(null);
  const feed = useRef<Feed | null>(null);

  useEffect(() => {
    const own = createFeed(macros, setBlocks, setError);
    feed.current = own;
    return () => {
      feed.current = null;
      own.close();
    };
  }, [macros]);

  useEffect(() => feed.current?.show(text), [text, macros]);

  if (error !== null) throw error;
  return blocks;
}

interface Feed {
  show(text: string): void;
  close(): void;
}

/** Brings a stream up to the newest text, one frame and one render at a time. */
function createFeed(
  macros: Macros,
  onBlocks: (blocks: readonly RenderedBlock[]) => void,
  onError: (error: unknown) => void,
): Feed {
  let stream: MarkupStream | null = null;
  let shown = '';
  let wanted = '';
  let frame: number | null = null;
  let isBusy = false;
  let isClosed = false;

  function schedule(): void {
    if (frame !== null || isBusy || isClosed || wanted === shown) return;
    // A hidden window has no frames, and nobody to draw them for.
    frame = requestAnimationFrame(() => {
      frame = null;
      isBusy = true;
      catchUp().then(
        () => {
          isBusy = false;
          schedule();
        },
        (error: unknown) => {
          isBusy = false;
          if (!isClosed) onError(error);
        },
      );
    });
  }

  async function catchUp(): Promise<void> {
    const target = wanted;
    if (stream && !target.startsWith(shown)) {
      stream.close();
      stream = null;
    }
    if (!stream) shown = '';
    stream ??= markupHost().openStream({ macros });
    const blocks = await stream.append(target.slice(shown.length));
    shown = target;
    rememberLast(target, blocks);
    if (!isClosed) onBlocks(blocks);
  }

  // Once the text has stopped growing, the finished answer is found in the cache at once.
  function rememberLast(target: string, blocks: readonly RenderedBlock[]): void {
    if (target === wanted) rememberRendered(target, macros, blocks);
  }

  return {
    show(text) {
      wanted = text;
      schedule();
    },
    close() {
      isClosed = true;
      if (frame !== null) cancelAnimationFrame(frame);
      stream?.close();
    },
  };
}
