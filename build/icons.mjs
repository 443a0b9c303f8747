// `node build/icons.mjs`: every icon of the packages from icons/scholium.svg. Their results are committed,
// so that packaging needs no browser.
import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';
import { icnsOf, icoOf } from './icon-containers.mjs';
import { handOver } from './hand-over.mjs';
import { inRoot, main, say, SetupProblem } from './paths.mjs';
import { ensureReady } from './setup.mjs';

const file = (name) => inRoot('build', 'icons', name);
const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512];
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256];
const macSizes = [16, 32, 64, 128, 256, 512, 1024];
/** macOS draws its icons on a grid: 824 of 1024 pixels, the rest is for the shadow. */
const macShare = 824 / 1024;

await main(async () => {
  const node = await ensureReady();
  if (node === process.execPath) await drawAll();
  else await handOver(node, fileURLToPath(import.meta.url), []);
});

async function drawAll() {
  const executablePath = findChromium();
  if (!executablePath) throw new SetupProblem('drawing the icons needs Chrome, Chromium or Edge.');
  const { chromium } = await import('playwright-core');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath, args });
  try {
    const page = await browser.newPage();
    for (const size of linuxSizes) fs.writeFileSync(file(`${size}x${size}.png`), await draw(page, size));
    fs.writeFileSync(file('icon.ico'), icoOf(await drawEach(page, windowsSizes)));
    fs.writeFileSync(file('icon.icns'), icnsOf(await drawEach(page, macSizes, macShare)));
  } finally {
    await browser.close();
  }
  say('icons drawn into build/icons');
}

async function drawEach(page, sizes, share = 1) {
  const pictures = new Map();
  for (const size of sizes) pictures.set(size, await draw(page, size, share));
  return pictures;
}

/** A square PNG of `size` pixels; the drawing takes `share` of its width. */
async function draw(page, size, share = 1) {
  const svg = fs.readFileSync(file('scholium.svg'), 'utf8');
  const side = Math.round(size * share);
  const offset = Math.floor((size - side) / 2);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>html, body { margin: 0; background: transparent }
     svg { position: absolute; left: ${offset}px; top: ${offset}px; width: ${side}px; height: ${side}px }</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}
