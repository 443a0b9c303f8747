import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMarkupRenderer } from '#shared/markup/index.ts';
import type { RenderedBlock } from '#shared/markup/index.ts';

const renderer = createMarkupRenderer();
const whole = (source: string): readonly RenderedBlock[] =>
  renderer.renderDocument(source, { macros: {} }).blocks;

const pieces = fc.constantFrom(
  'word ', 'two words', '\n', '\n\n', '\r\n', '\n\n\n', ' ', '    ', '\t', '# ', '## head\n', '- ', '1. ', '2', '. ', '* ', '> ', '---', '***\n', '===\n',
  '```', '```py\n', '~~~\n', '`', '$', '$$', '$$\n', '$x$', '\n$$\na\n$$\n', '\\(', '\\)', '\\[', '\\]', '\\[\n', '\n\\]\n', '\\\\[4pt]',
  '\\begin{align}', '\\end{align}', '\n\\begin{cases}\n', '\\end{cases}\n', '[a]', '[a]: https://x.org\n', '\n\n[a]: https://y.org "t"\n\n', '[b][a]', '[text][c]',
  '\n[c]:\nhttps://z.org\n', '![i](u)', '| a | b |\n', '|---|---|\n', '|c|d|\n', '<b>', '&amp;', '\\', '**', '_', '+', '\0', 'é', '\u{1F600}', '\u00a0\n', ':',
); // prettier-ignore

const texts = fc.array(pieces, { maxLength: 45 }).map((parts) => parts.join(''));

test('a text that arrives in pieces ends up as the whole text rendered at once', { timeout: 60_000 }, () => {
  const cuts = fc.array(fc.nat(12), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(texts, cuts, (text, lengths) => {
      const stream = renderer.createStream({ macros: {} });
      let at = 0;
      for (let turn = 0; at < text.length; turn++) {
        const length = (lengths[turn % lengths.length] ?? 0) + 1;
        stream.append(text.slice(at, at + length));
        at += length;
      }
      expect(stream.blocks).toEqual(whole(text));
    }),
    { numRuns: 600 },
  );
});

test('at every moment the blocks are those of the text so far', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(texts, (text) => {
      const stream = renderer.createStream({ macros: {} });
      for (let at = 0; at < text.length; at++) {
        stream.append(text.charAt(at));
        // Half a line break is one already; half a surrogate pair is no character yet.
        expect(stream.blocks.map(({ html }) => html)).toEqual(
          whole(text.slice(0, at + 1)).map(({ html }) => html),
        );
      }
    }),
    { numRuns: 60 },
  );
});

test('finished blocks stay the same objects, and an update says from where on blocks are new', () => {
  const stream = renderer.createStream({ macros: {} });
  stream.append('one $a$\n\ntwo\n\nthree');
  const before = stream.blocks;
  const update = stream.append(' goes on\n');
  expect(update.from).toBe(2);
  expect(stream.blocks[0]).toBe(before[0]);
  expect(stream.blocks[1]).toBe(before[1]);
  expect(stream.blocks[2]).not.toBe(before[2]);
});

test('a link definition that arrives last completes a link in the first block', () => {
  const stream = renderer.createStream({ macros: {} });
  stream.append('see [there][x]\n\nmore\n\nand more\n\n');
  expect(stream.blocks[0]?.html).not.toContain('<a');
  stream.append('[x]: https://example.org\n');
  expect(stream.blocks[0]?.html).toContain('<a href="https://example.org"');
});

test('a long answer is not rendered again as a whole for each piece', () => {
  let renders = 0;
  const counting = createMarkupRenderer({ onBlock: () => renders++ });
  const stream = counting.createStream({ macros: {} });
  const paragraphs = 60;
  for (let turn = 0; turn < paragraphs; turn++)
    for (const piece of ['Let $x', `_${turn}$ be`, ' so.', '\n\n']) stream.append(piece);
  // Three pieces of each paragraph change it; the blank line behind it does not.
  expect(renders).toBeLessThanOrEqual(paragraphs * 3);
});
