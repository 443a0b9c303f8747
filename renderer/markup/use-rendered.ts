import { useEffect, useState } from 'react';
import type { Macros } from '#shared/domain/notebook.ts';
import type { RenderedBlock } from '#shared/markup/index.ts';
import { rememberRendered, renderedBefore } from './document-cache.ts';
import { markupHost } from './markup-host.ts';

const none: readonly RenderedBlock[] = [];

/**
 * The blocks of a text. While new ones are being rendered the previous ones stay, so nothing flashes;
 * a text that was rendered before is there at once. A bug in the renderer is thrown to the error boundary.
 */
export function useRendered(source: string, macros: Macros): readonly RenderedBlock[] {
  const [rendered, setRendered] = useState<readonly RenderedBlock[]>(none);
  const [error, setError] = useState<unknown>(null);
  const known = renderedBefore(source, macros);

  useEffect(() => {
    if (known) {
      setRendered(known);
      return;
    }
    const abort = new AbortController();
    markupHost()
      .renderDocument(source, { macros }, abort.signal)
      .then(
        ({ blocks }) => {
          rememberRendered(source, macros, blocks);
          if (!abort.signal.aborted) setRendered(blocks);
        },
        (failed: unknown) => {
          if (!abort.signal.aborted) setError(failed);
        },
      );
    return () => abort.abort();
  }, [source, macros, known]);

  if (error !== null) throw error;
  return known ?? rendered;
}
