import type { Host } from '../host.ts';
import type { Markup } from '../markup/index.ts';
import type { PrintableNotebook } from './print-page.ts';
import { printPage } from './print-page.ts';

export interface PdfTools {
  readonly markup: Pick<Markup, 'renderDocument'>;
  readonly host: Pick<Host, 'printPdf'>;
  /** Holds `print.css` and its fonts. */
  readonly assetsFolder: string;
}

/**
 * The notebook as a PDF: selectable text and formulas, embedded fonts, page numbers, outline, tags.
 * Throws `chromium-missing`, `pdf-failed`, and the signal's reason when aborted.
 */
export async function exportPdf(
  content: PrintableNotebook,
  { markup, host, assetsFolder }: PdfTools,
  signal: AbortSignal = new AbortController().signal,
): Promise<Uint8Array> {
  signal.throwIfAborted();
  const { macros } = content.notebook;
  const html = await printPage(content, (source) =>
    markup.renderDocument(source, { macros, output: 'print' }, signal),
  );
  return host.printPdf({ html, assetsFolder }, signal);
}
