import { afterAll, beforeAll, expect, test } from 'vitest';
import { exportPdf } from '#backend/exchange/index.ts';
import type { PdfTools, PrintableNotebook } from '#backend/exchange/index.ts';
import { createMarkup } from '#backend/markup/index.ts';
import type { Markup } from '#backend/markup/index.ts';
import { findChromium } from '#server/chromium.ts';
import { createPdfHost } from '#server/pdf/pdf-host.ts';
import type { PdfHost } from '#server/pdf/pdf-host.ts';
import { readPdf } from '#tests/support/pdf-text.ts';
import type { ReadPdf } from '#tests/support/pdf-text.ts';
import { buildPrintAssets } from '#tests/support/print-assets.ts';
import { noteCell, problemCell, sampleNotebook } from '#tests/support/sample-cells.ts';
import { completedRun } from '#tests/support/sample-runs.ts';
import { silentLog } from '#tests/support/silent-log.ts';

const raw = String.raw;
let markup: Markup;
let host: PdfHost;
let assets: Awaited<ReturnType<typeof buildPrintAssets>>;
let tools: PdfTools;

beforeAll(async () => {
  assets = await buildPrintAssets();
  markup = createMarkup();
  host = createPdfHost({ findChromium, log: silentLog });
  tools = { markup, host, assetsFolder: assets.folder };
});
afterAll(async () => {
  await Promise.all([markup.close(), host.close()]);
  assets.remove();
});

const paragraph =
  'The guiding centre commutes with the Hamiltonian, and so each level is degenerate. '.repeat(12);
const content: PrintableNotebook = {
  notebook: sampleNotebook({ macros: { '\\vpi': raw`\boldsymbol{\pi}` } }),
  cells: [
    noteCell({
      source: raw`## Electron in a field

The *Hamiltonian* is $H = \vpi^2/2m$ with **commutator**

\[
\begin{aligned} [\pi_x, \pi_y] &= -i\hbar eB \\[4pt] \ell_B &= \sqrt{\hbar/eB} \end{aligned} \tag{3}
\]

${`${paragraph}\n\n`.repeat(5)}`,
    }),
    problemCell({ domain: 'mechanics' }),
  ],
  runs: [
    completedRun({ answer: raw`The spectrum is $E_n = \hbar\omega_c(n+\tfrac12)$ and broken $\frac{a}$.` }),
  ],
};

let pdf: ReadPdf;
beforeAll(async () => {
  pdf = readPdf(await exportPdf(content, tools, new AbortController().signal));
});

test('its text and formulas can be selected', () => {
  const all = pdf.pages.join('');
  expect(all).toContain('Landaulevels');
  expect(all).toContain('Theguidingcentrecommutes');
  expect(all).toContain('−iℏeB');
  // A formula is drawn with its own paragraph, so that copying keeps them together.
  expect(all.indexOf('H=π')).toBeLessThan(all.indexOf('Theguidingcentre'));
  expect(all).toContain('(3)');
});

test('every page says which of how many it is', () => {
  expect(pdf.pages.length).toBeGreaterThan(1);
  pdf.pages.forEach((text, at) => expect(text).toContain(`${at + 1}/${pdf.pages.length}`));
});

test('its fonts are inside, by name', () => {
  for (const font of [
    'SourceSerif4-Regular',
    'SourceSerif4-Italic',
    'Inter-Regular',
    'KaTeX_Math-Italic',
    'KaTeX_Main-Regular',
  ]) {
    expect(pdf.embeddedFonts).toContain(font);
  }
});

test('it is tagged, its headings are bookmarks, and each formula has its TeX as alternative text', () => {
  expect(pdf.isTagged).toBe(true);
  expect(pdf.bookmarks).toEqual(
    expect.arrayContaining(['Landau levels', 'Electron in a field', 'Problem mechanics']),
  );
  expect(pdf.alternatives).toContain(raw`H = \vpi^2/2m`);
  expect(pdf.alternatives.some((text) => text.startsWith('Time: wait'))).toBe(true);
});

test('the receipt stands in it, and the reason for a formula that cannot be typeset', () => {
  const all = pdf.pages.join('');
  expect(all).toContain('gpt-6.2-sol');
  expect(all).toContain('13.1¢');
  expect(all).toContain('Thisformulacannotberead');
});

test('an export that is given up ends at once', async () => {
  const abort = new AbortController();
  const exporting = exportPdf(content, tools, abort.signal);
  abort.abort();
  await expect(exporting).rejects.toThrow();
});

test('an empty notebook is one page with its title', async () => {
  const empty = await exportPdf({ ...content, cells: [], runs: [] }, tools, new AbortController().signal);
  expect(readPdf(empty).pages).toHaveLength(1);
});
