import { afterEach, expect, test } from 'vitest';
import { createMarkup } from '#backend/markup/index.ts';
import type { Markup } from '#backend/markup/index.ts';

let markup: Markup;
afterEach(() => markup.close());

const htmlOf = ({ blocks }: { blocks: readonly { html: string }[] }): string =>
  blocks.map(({ html }) => html).join('');

test('a text is typeset in a worker thread', async () => {
  markup = createMarkup();
  const { blocks, headings } = await markup.renderDocument('# One $x$\n\ntwo $y$', { macros: {} });
  expect(blocks).toHaveLength(2);
  expect(blocks[1]?.html).toContain('<math');
  expect(headings).toEqual([{ level: 1, text: 'One x', line: 0 }]);
});

test('a block that misses its deadline costs neither this thread nor the rest of the text', async () => {
  markup = createMarkup();
  const large = (turn: number): string =>
    `\\begin{matrix}${`${turn}&\\sqrt[3]{x}\\\\`.repeat(290)}\\end{matrix}`;
  let longestStallMs = 0;
  let lastMs = performance.now();
  const ticking = setInterval(() => {
    longestStallMs = Math.max(longestStallMs, performance.now() - lastMs);
    lastMs = performance.now();
  }, 5);
  const hostile = Array.from({ length: 20 }, (_, turn) => `$${large(turn)}$`).join(' ');
  const [slow, quick] = await Promise.all([
    markup.renderDocument(`before\n\n${hostile}\n\nafter $z$`, { macros: {} }),
    markup.renderDocument('quick $q$', { macros: {} }),
  ]);
  clearInterval(ticking);
  expect(slow.blocks).toHaveLength(3);
  expect(slow.blocks[0]?.html).toBe('<p>before</p>\n');
  expect(slow.blocks[2]?.html).toContain('<math');
  expect(htmlOf(quick)).toContain('<math');
  expect(longestStallMs).toBeLessThan(1_000);
});

test('a formula of 100,000 terms does not hold up the page', async () => {
  markup = createMarkup();
  const html = htmlOf(
    await markup.renderDocument(`$$\n${'x+'.repeat(100_000)}x\n$$\n\nand $y$`, { macros: {} }),
  );
  expect(html).toContain('too-long');
  expect(html).toContain('<math');
});

test('macros of one notebook are not those of another', async () => {
  markup = createMarkup();
  const [own, other] = await Promise.all([
    markup.renderDocument('$\\own$', { macros: { '\\own': 'x^2' } }),
    markup.renderDocument('$\\own$', { macros: {} }),
  ]);
  expect(htmlOf(own)).toContain('<math');
  expect(htmlOf(other)).toContain('unknown-command');
});

test('a closed renderer refuses what still waits', async () => {
  markup = createMarkup();
  const waiting = markup.renderDocument('x', { macros: {} });
  const refused = expect(waiting).rejects.toThrow('closed');
  await markup.close();
  await refused;
});
