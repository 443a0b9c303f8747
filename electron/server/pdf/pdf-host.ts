import type { Browser, Page } from 'playwright-core';
import type { Host, PrintablePage } from '#backend/host.ts';
import type { Log } from '#backend/logs/log.ts';
import { AppError, refuse } from '#shared/domain/failure.ts';
import { printOrigin, routePage } from './page-routes.ts';
import { createPrintingBrowser } from './printing-browser.ts';

export interface PdfHost extends Host {
  close(): Promise<void>;
}

/** The browser shell's and the command line's Host: prints by the Chromium that `findChromium` names. */
export function createPdfHost(options: { findChromium: () => string | null; log: Log }): PdfHost {
  const printing = createPrintingBrowser(options.log);
  return {
    canPrintPdf: () => Promise.resolve(options.findChromium() !== null),
    async printPdf(page, signal) {
      const executablePath = options.findChromium();
      if (executablePath === null) throw refuse('chromium-missing', {});
      signal.throwIfAborted();
      try {
        const printed = printing.use(executablePath, (browser) => print(browser, page, options.log));
        return await unlessAborted(printed, signal);
      } catch (error) {
        if (signal.aborted) printing.abandon();
        signal.throwIfAborted();
        if (error instanceof AppError) throw error;
        options.log.warn('pdf-failed', { reason: error instanceof Error ? error.name : 'unknown' });
        throw refuse('pdf-failed', { reason: reasonOf(error) }, { cause: error });
      }
    },
    close: () => printing.close(),
  };
}

async function print(browser: Browser, printable: PrintablePage, log: Log): Promise<Uint8Array> {
  const context = await browser.newContext({ javaScriptEnabled: false, serviceWorkers: 'block' });
  await routePage(context, printable, log);
  const page = await context.newPage();
  // Fonts that only the print stylesheet uses are asked for under print media alone.
  await page.emulateMedia({ media: 'print' });
  await page.goto(`${printOrigin}/`, { waitUntil: 'load', timeout: 0 });
  await fontsLoaded(page);
  const pdf = await page.pdf({ tagged: true, outline: true, preferCSSPageSize: true, printBackground: true });
  await context.close();
  return pdf;
}

/** Rejects as soon as `signal` is aborted, whatever becomes of `work`. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new DOMException('The export was stopped.', 'AbortError'));
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

async function fontsLoaded(page: Page): Promise<void> {
  await page.evaluate('document.fonts.ready.then(() => undefined)');
}

/** The browser's own words, without Playwright's call log: it may quote the page. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '').slice(0, 200);
}
