import { performance } from 'node:perf_hooks';
import { exportPdf, printPage } from '#backend/exchange/index.ts';
import type { PrintableNotebook } from '#backend/exchange/index.ts';
import { createMarkup } from '#backend/markup/index.ts';
import { findChromium } from '#server/chromium.ts';
import { createPdfHost } from '#server/pdf/pdf-host.ts';
import { buildPrintAssets } from '#tests/support/print-assets.ts';
import { noteCell, sampleNotebook } from '#tests/support/sample-cells.ts';
import { silentLog } from '#tests/support/silent-log.ts';
import { answerText } from './answer-text.ts';
import type { Bench } from './bench.ts';
import { median } from './bench.ts';

const rounds = 5;

async function elapsedMs(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

export const bench: Bench = {
  name: 'PDF export, against Chromium printing the same HTML',
  async run() {
    const assets = await buildPrintAssets();
    const host = createPdfHost({ findChromium, log: silentLog });
    const { signal } = new AbortController();
    const assetsFolder = assets.folder;
    // About 30 pages with 600 formulas.
    const cells = [noteCell({ source: answerText(48) })];
    const content: PrintableNotebook = { notebook: sampleNotebook(), cells, runs: [] };
    const first = createMarkup();
    const html = await printPage(content, (source) =>
      first.renderDocument(source, { macros: {}, output: 'print' }),
    );
    await first.close();
    await host.printPdf({ html, assetsFolder }, signal);

    const exported: number[] = [];
    const printed: number[] = [];
    for (let round = 0; round < rounds; round++) {
      // A worker of its own each time, running as in an open app, but with nothing of this in its cache.
      const markup = createMarkup();
      await markup.renderDocument('Ready: $x$.', { macros: {} });
      exported.push(await elapsedMs(() => exportPdf(content, { markup, host, assetsFolder }, signal)));
      await markup.close();
      printed.push(await elapsedMs(() => host.printPdf({ html, assetsFolder }, signal)));
    }
    await host.close();
    assets.remove();
    const ratio = median(exported.map((ms, at) => ms / (printed[at] ?? Number.NaN)));
    const measured = `${(median(exported) / 1000).toFixed(2)} s / ${(median(printed) / 1000).toFixed(2)} s`;
    return [{ what: 'exported / printed by Chromium (time)', ratio, target: 1.2, rounds, measured }];
  },
};
