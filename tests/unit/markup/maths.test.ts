import { expect, test } from 'vitest';
import { createMarkdown, formulaToHtml } from '#shared/markup/markdown.ts';
import type { FormulaRequest } from '#shared/markup/index.ts';
import { mathsCases } from '#tests/fixtures/maths-cases.ts';

const markdown = createMarkdown();

/** The formulas of a text in order, display ones marked. */
function formulasIn(source: string): string[] {
  const found: string[] = [];
  const env = {
    [formulaToHtml]: ({ tex, isDisplay }: FormulaRequest) => {
      found.push(isDisplay ? `D:${tex}` : tex);
      return '';
    },
  };
  markdown.toHtml(markdown.parseInlines(markdown.parseBlocks(source, env), env), env);
  return found;
}

const trimmed = (formula: string): string => formula.replace(/^(D:)?\s+/, '$1').trimEnd();

test.each(mathsCases)('formulas are found as published: $name', ({ source, formulas }) => {
  expect(formulasIn(source).map(trimmed)).toEqual(formulas.map(trimmed));
});

test('text full of delimiters takes time in proportion to its length', () => {
  for (const part of ['$', '${', '\\(', '\\[', '$$a', '\\begin{align}', '$a$', '`$', '$\\']) {
    const startedMs = performance.now();
    formulasIn(part.repeat(10_000));
    expect(performance.now() - startedMs, part).toBeLessThan(4_000);
  }
});

const htmlOf = (source: string): string =>
  markdown.toHtml(markdown.parseInlines(markdown.parseBlocks(source, {}), {}), {});

test('a display formula that was cut off shows its source, and the text around it stays text', () => {
  const html = htmlOf('It follows that\n$$\nH = \\frac{\\pi^2}{2m\n\nand so on.');
  expect(html).toBe(
    '<p>It follows that</p>\n<pre class="formula-source"><code>$$\nH = \\frac{\\pi^2}{2m</code></pre>\n<p>and so on.</p>\n',
  );
});

test('two dollars at the beginning of a line may be money', () => {
  expect(htmlOf('It cost\n$$ 5, they say.')).toBe('<p>It cost\n$$ 5, they say.</p>\n');
});

test('two dollars that end a formula begun within a paragraph begin none', () => {
  expect(formulasIn('Wide: $$\na = b\n$$')).toEqual(['D:\na = b\n']);
  expect(formulasIn('> so $$\n> a\n> $$ and on')).toHaveLength(1);
});
