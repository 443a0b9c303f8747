import { markdownLanguage } from '@codemirror/lang-markdown';
import { MarkdownParser } from '@lezer/markdown';
import { describe, expect, test } from 'vitest';
import { mathsSyntax } from '#renderer/features/notebook/maths-syntax.ts';

/** The editor's view of a text: each piece of maths, and each emphasis, in order. */
function seen(text: string): readonly string[] {
  const { parser } = markdownLanguage;
  if (!(parser instanceof MarkdownParser)) throw new Error('The Markdown language has another parser');
  const found: string[] = [];
  parser
    .configure(mathsSyntax)
    .parse(text)
    .iterate({
      enter: ({ name, from, to }) => {
        if (name === 'Maths' || name === 'MathsBlock' || name === 'Emphasis') {
          found.push(`${name}: ${text.slice(from, to)}`);
        }
      },
    });
  return found;
}

describe('the editor sees as maths', () => {
  test.each([
    ['a $x_1 * y_1$ and *this*', ['Maths: $x_1 * y_1$', 'Emphasis: *this*']],
    ['so \\(a_1\\) and \\[b\\]', ['Maths: \\(a_1\\)', 'Maths: \\[b\\]']],
    ['price \\$5, and $5 and $6', []],
    ['$$\na_1 \\\\[4pt]\n$$\n\n*after*', ['MathsBlock: $$\na_1 \\\\[4pt]\n$$', 'Emphasis: *after*']],
    ['\\[\nx\n\\]\nthen', ['MathsBlock: \\[\nx\n\\]']],
    ['\\begin{align*}\na\n\\end{align*}', ['MathsBlock: \\begin{align*}\na\n\\end{align*}']],
    ['`$x$`', []],
  ])('%j', (text, expected) => {
    expect(seen(text)).toEqual(expected);
  });

  test('a display still being written only as far as its paragraph', () => {
    expect(seen('$$\nx = \n\n*later*')).toEqual(['MathsBlock: $$\nx = ', 'Emphasis: *later*']);
  });
});
