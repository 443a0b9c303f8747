import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findChromium } from '#server/chromium.ts';
import { serveApp } from '../support/served-app.ts';
import { median } from './bench.ts';
import type { Bench } from './bench.ts';

const rounds = 7;

/**
 * Cold start to usable page: both sides start a browser, which ours does while the server starts, as
 * a desktop does. Usable means that the notebook's first cell can be seen and its title edited.
 */
export const bench: Bench = {
  name: 'cold start to a usable page, against Chromium opening an empty page',
  async run() {
    const emptyMs: number[] = [];
    const usableMs: number[] = [];
    // The first of each warms the disk's cache, and is not counted.
    for (let round = 0; round <= rounds; round += 1) {
      const empty = await timeEmptyPage();
      const usable = await timeUsablePage();
      if (round === 0) continue;
      emptyMs.push(empty);
      usableMs.push(usable);
    }
    const [ours, theirs] = [median(usableMs), median(emptyMs)];
    return [
      {
        what: 'usable window / empty page',
        ratio: ours / theirs,
        target: 2,
        rounds,
        measured: `${Math.round(ours)} ms / ${Math.round(theirs)} ms`,
      },
    ];
  },
};

async function timeEmptyPage(): Promise<number> {
  const startedMs = performance.now();
  const browser = await launch();
  const page = await browser.newPage();
  await page.goto('about:blank');
  const elapsedMs = performance.now() - startedMs;
  await browser.close();
  return elapsedMs;
}

/** A library in daily use: the Welcome notebook was made by an earlier start. */
async function timeUsablePage(): Promise<number> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'scholium-bench-'));
  await (await serveApp({ dataFolder })).stop();
  const startedMs = performance.now();
  const [app, browser] = await Promise.all([serveApp({ dataFolder }), launch()]);
  const page = await browser.newPage();
  await page.goto(app.url, { waitUntil: 'commit' });
  await page.locator('.katex').first().waitFor({ state: 'visible' });
  const elapsedMs = performance.now() - startedMs;
  await browser.close();
  await app.stop();
  await rm(dataFolder, { recursive: true });
  return elapsedMs;
}

function launch(): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('The bench needs Chromium.');
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}
