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
