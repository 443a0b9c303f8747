import { createServer } from 'node:http';
import { copyFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { findChromium } from '#server/chromium.ts';
import { createPdfHost } from '#server/index.ts';
import { silentLog } from '#tests/support/silent-log.ts';
import { temporaryDataFolder } from '#tests/support/served-app.ts';

const host = createPdfHost({ findChromium, log: silentLog });
let assets: { path: string; remove(): Promise<void> };

beforeAll(async () => {
  assets = await temporaryDataFolder();
  const font = resolve(
    import.meta.dirname,
    '../../../node_modules/katex/dist/fonts/KaTeX_Main-Regular.woff2',
  );
  await copyFile(font, join(assets.path, 'main.woff2'));
  const style = "@font-face{font-family:Printed;src:url('main.woff2')}@media print{p{font-family:Printed}}";
  await writeFile(join(assets.path, 'print.css'), style);
});
afterAll(async () => {
  await host.close();
  await assets.remove();
});

const print = (body: string, signal = new AbortController().signal): Promise<Uint8Array> =>
  host.printPdf(
    {
      html: `<!doctype html><html lang="en"><title>Title</title><link rel="stylesheet" href="/assets/print.css">${body}`,
      assetsFolder: assets.path,
    },
    signal,
  );
const latin = (pdf: Uint8Array): string => Buffer.from(pdf).toString('latin1');

test('a page is printed with its title, tags, outline and the fonts of its assets', async () => {
  const pdf = latin(await print('<h1>One</h1><p>Text</p><h2>Two</h2>'));
  expect(pdf.startsWith('%PDF-')).toBe(true);
  expect(pdf).toContain('/StructTreeRoot');
  expect(pdf).toContain('/Outlines');
  expect(pdf).toContain('KaTeX_Main');
});

test('a page that is printed runs no script and reaches no server, not even on this machine', async () => {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.end();
  });
  const port = await new Promise<number>((done) => {
    server.listen(0, '127.0.0.1', () => done(z.object({ port: z.int() }).parse(server.address()).port));
  });
  const url = `http://127.0.0.1:${port}`;
  const hostile = [
    `<img src="${url}/a"><link rel="stylesheet" href="${url}/b"><iframe src="${url}/c"></iframe>`,
    `<script>fetch('${url}/d')</script><script src="${url}/e"></script><object data="${url}/f"></object>`,
    `<style>@import url('${url}/g');p{background:url(${url}/h)}</style><img src="file:///etc/passwd">`,
    `<link rel="preconnect" href="${url}"><link rel="prefetch" href="${url}/i">`,
    '<img src="/assets/../../etc/passwd"><img src="/assets/%2e%2e/x"><p>Text</p>',
  ];
  expect((await print(hostile.join(''))).length).toBeGreaterThan(1_000);
  server.close();
  expect(requests).toBe(0);
});

test('an export that is stopped ends at once, and the next one works', async () => {
  const stop = new AbortController();
  const printing = print('<p>Many words</p>'.repeat(30_000), stop.signal);
  const stopped = expect(printing).rejects.toMatchObject({ name: 'AbortError' });
  stop.abort();
  await stopped;
  expect(latin(await print('<p>Short</p>')).startsWith('%PDF-')).toBe(true);
});

test('without a Chromium, and with one that does not start, the export says so', async () => {
  const page = { html: '<p>Text</p>', assetsFolder: assets.path };
  const { signal } = new AbortController();
  const none = createPdfHost({ findChromium: () => null, log: silentLog });
  expect(await none.canPrintPdf()).toBe(false);
  await expect(none.printPdf(page, signal)).rejects.toMatchObject({ failure: { code: 'chromium-missing' } });
  const broken = createPdfHost({ findChromium: () => process.execPath, log: silentLog });
  await expect(broken.printPdf(page, signal)).rejects.toMatchObject({ failure: { code: 'pdf-failed' } });
  await broken.close();
});
