import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileNameFor, readMarkdownNotebook, writeMarkdownNotebook } from '#backend/exchange/index.ts';
import type { CellDraft, NotebookDraft } from '#shared/domain/draft.ts';
import { AppError } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';

const read = (text: string, name = 'sheet 4.md'): NotebookDraft =>
  readMarkdownNotebook(name, new TextEncoder().encode(text));
const problem = (
  source: string,
  answerKey: string | null = null,
  domain: string | null = null,
): CellDraft => ({
  kind: 'problem',
  source,
  answerKey,
  domain,
});
const note = (source: string): CellDraft => ({ kind: 'note', source, answerKey: null, domain: null });

function refusalOf(act: () => unknown): Failure {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return error.failure;
    throw error;
  }
  throw new Error('Nothing was refused');
}

test('a problem is a fenced div, its key a div inside it, and all else is notes', () => {
  const draft = read(
    'Some text.\n\n::: {.problem domain="mechanics"}\nFind $x$.\n\n::: {.key}\n42\n:::\n:::\n\nMore text.\n',
  );
  expect(draft.cells).toEqual([
    note('Some text.'),
    problem('Find $x$.', '42', 'mechanics'),
    note('More text.'),
  ]);
});

test.each([
  ['a simple answer attribute', '::: {.problem answer="42"}\nQ\n:::', problem('Q', '42')],
  ["Pandoc's backslash escapes", '::: {.problem answer="\\"a\\\\b\\""}\nQ\n:::', problem('Q', '"a\\b"')],
  ['TeX in an attribute', '::: {.problem answer="\\frac{1}{2}"}\nQ\n:::', problem('Q', '\\frac{1}{2}')],
  ['entities', '::: {.problem domain="R&amp;D &#167;"}\nQ\n:::', problem('Q', null, 'R&D §')],
  [
    'values without quotes, an id, more classes',
    '::: {#p1 .hard .problem domain=algebra}\nQ\n:::',
    problem('Q', null, 'algebra'),
  ],
  ['a single word', '::: problem\nQ\n:::', problem('Q')],
  ['more colons', '::::: {.problem} :::::\nQ\n\n:::: {.key}\nK\n::::\n:::::', problem('Q', 'K')],
  ['a closing fence of another length', ':::: {.problem}\nQ\n:::', problem('Q')],
  ['an empty problem', '::: {.problem}\n:::', problem('')],
  ['a code fence with colons in it', '::: {.problem}\n```\n:::\n```\n:::', problem('```\n:::\n```')],
  ['another div inside', '::: {.problem}\nQ\n\n::: hint\nH\n:::\n:::', problem('Q\n\n::: hint\nH\n:::')],
  [
    'its key in a box of another kind',
    '::: {.problem}\nQ\n\n::: {.box}\n::: {.key}\nK\n:::\n:::\n:::',
    problem('Q\n\n::: {.box}\n\n:::', 'K'),
  ],
])('a problem is read with %s', (_name, text, expected) => {
  expect(read(text).cells).toEqual([expected]);
});

test('other divs stay in their note as they are', () => {
  expect(read('::: {.theorem #t}\nAll is well.\n:::').cells).toEqual([
    note('::: {.theorem #t}\nAll is well.\n:::'),
  ]);
});

test('a problem that was commented out is not run, and a comment that never ends hides nothing', () => {
  const commented = '<!--\n::: {.problem}\nQ\n:::\n-->';
  expect(read(commented).cells).toEqual([note(commented)]);
  expect(read('<!-- a remark\n\n::: {.problem}\nQ\n:::').cells).toEqual([
    note('<!-- a remark'),
    problem('Q'),
  ]);
  expect(read('Write `<!--` here.\n\n::: {.problem}\nQ\n:::').cells[1]).toEqual(problem('Q'));
});

test('colons in code are no fence', () => {
  expect(read('```\n::: {.problem}\n```\n\ntext').cells).toEqual([note('```\n::: {.problem}\n```\n\ntext')]);
});

test.each([
  ['the metadata', '---\ntitle: Landau levels\n---\n\n# Other\n', 'Landau levels'],
  ['quoted metadata', '---\ntitle: "A: \\"b\\""\n---\ntext', 'A: "b"'],
  ['single-quoted metadata', "---\ntitle: 'It''s'\n---\ntext", "It's"],
  ['the first heading', '\n# Landau levels\n\ntext', 'Landau levels'],
  ['a heading further down', 'text\n\n```\n# no\n```\n\n# Landau levels\n', 'Landau levels'],
  ['the file', 'text', 'sheet 4'],
])('the title is that of %s', (_name, text, title) => {
  expect(read(text).title).toBe(title);
});

test('a heading that became the title leaves the text', () => {
  expect(read('# Landau levels\n\ntext').cells).toEqual([note('text')]);
});

test('tags and macros are read, and metadata of other programs is kept', () => {
  const draft = read(
    '---\ntitle: T\ntags: [a, b c]\nmacros: {"\\\\RR": "\\\\mathbb{R}"}\nauthor:\n  - Ann\n---\ntext',
  );
  expect(draft).toMatchObject({ title: 'T', tags: ['a', 'b c'], macros: { '\\RR': '\\mathbb{R}' } });
  expect(draft.cells).toEqual([note('```yaml\nauthor:\n  - Ann\n```'), note('text')]);
});

test('line breaks of Windows and a byte order mark make no difference', () => {
  const text = '# T\n\n::: {.problem}\nQ\nR\n:::\n';
  expect(read(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(read(text));
});

test('an empty file is a notebook without cells', () => {
  expect(read('')).toEqual({ title: 'sheet 4', tags: [], macros: {}, cells: [] });
});

test('a long note is split at its headings, but not inside code', () => {
  const long = 'word '.repeat(300).trim();
  const draft = read(`${long}\n\n## One\n\n${long}\n\n\`\`\`\n# no\n\`\`\`\n\n### Sub\n\n## Two\n\n${long}`);
  expect(draft.cells.map(({ source }) => source.slice(0, 6))).toEqual([long.slice(0, 6), '## One', '## Two']);
});

test('a file that is not UTF-8 is refused with the place of its first bad byte', () => {
  const bytes = new Uint8Array([...new TextEncoder().encode('Größe '), 0xe4, 0x20]);
  expect(refusalOf(() => readMarkdownNotebook('a.md', bytes))).toEqual({
    code: 'file-not-utf8',
    params: { path: 'a.md', byteOffset: 8 },
  });
});

test('a file over 100 MB is refused', () => {
  expect(refusalOf(() => readMarkdownNotebook('a.md', new Uint8Array(100_000_001)))).toMatchObject({
    code: 'file-too-large',
  });
});

test.each([
  ['a problem', '# T\n\ntext\n\n::: {.problem}\nQ\n', 5],
  ['a key', '---\ntitle: T\n---\n::: {.problem}\nQ\n::: {.key}\nK\n:::\n', 4],
  ['any other div', 'text\n::: hint\nH\n', 2],
])('an unclosed div is refused with its line: %s', (_name, text, line) => {
  expect(refusalOf(() => read(text))).toEqual({
    code: 'fenced-div-unclosed',
    params: { path: 'sheet 4.md', line },
  });
});

test.each([
  ['a quote that does not end', '::: {.problem answer="x}\nQ\n:::\n', 1],
  ['blanks around =', 'text\n\n::: {.problem answer = "x"}\nQ\n:::\n', 3],
  ['attributes on two lines', '::: {.problem answer="x\ny"}\nQ\n:::\n', 1],
  ['a key', '::: problem\nQ\n::: {.key x=}\nK\n:::\n:::\n', 3],
])('a problem whose attributes cannot be read is not lost as a note: %s', (_name, text, line) => {
  expect(refusalOf(() => read(text))).toEqual({
    code: 'fenced-div-malformed',
    params: { path: 'sheet 4.md', line },
  });
});

test('braces that mean nothing here stay text, whatever is in them', () => {
  const text = '::: {.hint title=}\nH\n\n:::{.problematic =}';
  expect(read(text).cells).toMatchObject([{ kind: 'note', source: text }]);
});

const pieces = fc.constantFrom(
  'word', ' ', '\n', '\n\n', '# head\n', '## sub\n', ':::', '::: {.problem}\n', '\n:::\n', '\\:::', '```', '```\n', '~~~\n', '"', '\\', '&amp;', '&', '{.key}',
  '---\n', 'title: x\n', '$x$', '\r', '\t', '    ', 'é', '{', '}', '\u2028', '#10;', '<b>',
); // prettier-ignore
const someText = fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(''));
const longText = someText.map((text) => `${text}${'word '.repeat(450)}\n\n# Part\n\n${text}`);
const source = fc.oneof({ weight: 5, arbitrary: someText }, { weight: 1, arbitrary: longText });
const visible = source.filter((text) => text.trim() !== '');
const drafts: fc.Arbitrary<NotebookDraft> = fc.record({
  title: someText.map((text) => text.replace(/[\r\n]/g, ' ')),
  tags: fc.array(someText, { maxLength: 3 }),
  macros: fc.dictionary(fc.constantFrom('\\RR', '\\a', '\\%'), someText, { maxKeys: 3 }),
  cells: fc.array(
    fc.oneof(
      source.map(note),
      fc
        .tuple(
          source,
          fc.option(visible),
          fc.option(visible.map((text) => text.slice(0, 100)).filter((text) => text !== '')),
        )
        .map((parts) => problem(...parts)),
    ),
    { maxLength: 6 },
  ),
});

test('a notebook that is written and read again is the same', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      expect(read(writeMarkdownNotebook(draft, draft.cells))).toEqual({
        ...draft,
        macros: { ...draft.macros },
      });
    }),
    { numRuns: 400 },
  );
});

test('a plain notebook is written as a person would', () => {
  const draft = { title: 'T', tags: [], macros: {} };
  const cells = [note('Text.'), problem('Q', 'K', 'mechanics'), note('More.')];
  expect(writeMarkdownNotebook(draft, cells)).toBe(
    '---\ntitle: "T"\n---\n\nText.\n\n::: {.problem domain="mechanics"}\nQ\n\n::: {.key}\nK\n:::\n:::\n\nMore.\n',
  );
});

test('whatever the bytes are, a file is read or refused in words', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        readMarkdownNotebook('x.md', bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(AppError);
      }
    }),
  );
});

test.each([
  ['Landau levels', 'Landau levels.pdf'],
  ['a/b\\c: d?', 'a b c d.pdf'],
  ['..', 'Notebook.pdf'],
  ['CON', 'Notebook.pdf'],
  ['\u202Egnp.exe', 'gnp.exe.pdf'],
  ['x'.repeat(300), `${'x'.repeat(80)}.pdf`],
])('a title becomes a name that every file system takes: %s', (title, name) => {
  expect(fileNameFor(title, 'pdf')).toBe(name);
});
