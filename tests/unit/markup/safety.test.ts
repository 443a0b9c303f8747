import { expect, test } from 'vitest';
import { createMarkupRenderer } from '#shared/markup/index.ts';
import { hostileTexts } from '#tests/fixtures/hostile-payloads.ts';
import { dangersIn } from '#tests/support/html-check.ts';

const renderer = createMarkupRenderer();
const html = (source: string): string =>
  renderer
    .renderDocument(source, { macros: {} })
    .blocks.map((block) => block.html)
    .join('');

test('there are hostile texts of every family', () => {
  expect(hostileTexts.length).toBeGreaterThan(1_500);
});

test('no hostile text becomes more than text', { timeout: 60_000 }, () => {
  for (const text of hostileTexts) expect(dangersIn(html(text)), text).toEqual([]);
});

test('no hostile text becomes more than text in print', { timeout: 60_000 }, () => {
  for (const text of hostileTexts) {
    const { blocks } = renderer.renderDocument(text, { macros: {}, output: 'print' });
    expect(dangersIn(blocks.map((block) => block.html).join('')), text).toEqual([]);
  }
});

test('no hostile text becomes more than text at any moment of a stream', { timeout: 60_000 }, () => {
  // Every third text, cut at other places each time.
  for (let index = 0; index < hostileTexts.length; index += 3) {
    const text = hostileTexts[index] ?? '';
    const stream = renderer.createStream({ macros: {} });
    const size = Math.max(1 + (index % 7), Math.floor(text.length / 10));
    for (let at = 0; at < text.length; at += size) {
      for (const block of stream.append(text.slice(at, at + size)).blocks) {
        expect(dangersIn(block.html), text).toEqual([]);
      }
    }
  }
});

test('no hostile macro becomes more than text', () => {
  const macros = {
    '\\x': '\\href{javascript:alert(1)}{x}',
    '\\y': '\\text{<img src=x onerror=alert(1)>}',
    '\\__proto__': 'x',
  };
  const { blocks } = renderer.renderDocument('$\\x$ $\\y$ $\\z$', { macros });
  expect(dangersIn(blocks.map((block) => block.html).join(''))).toEqual([]);
});

test('the check itself finds what it is for', () => {
  for (const bad of [
    '<script>',
    '<img src="https://x/y.png">',
    '<a href="javascript:x">',
    '<p onclick="x">',
    '<p style="background:url(x)">',
    '<b',
  ]) {
    expect(dangersIn(bad), bad).not.toEqual([]);
  }
});

test('only web addresses, mail addresses and fragments are links', () => {
  expect(html('[a](https://a.example)')).toContain(
    '<a href="https://a.example" target="_blank" rel="noreferrer noopener">a</a>',
  );
  expect(html('[a](mailto:a@b.example)')).toContain('href="mailto:a@b.example"');
  expect(html('[a](#there)')).toContain('<a href="#there">');
  for (const url of ['file:///x', 'x.md', '/x', '//x', 'ms-settings:', 'ftp://x']) {
    expect(html(`[a](${url})`)).not.toContain('<a');
  }
});

test('an image from elsewhere is a link with its description, never a request', () => {
  const rendered = html('![a chart](https://a.example/x.png)');
  expect(rendered).toContain('>Image: a chart</a>');
  expect(rendered).not.toContain('<img');
});

test('an image inside the text is shown when its data is that of a raster image', () => {
  const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
  expect(html(`![dot](data:image/gif;base64,${gif})`)).toContain('<img src="data:image/gif;base64,');
  expect(html(`![dot](data:image/png;base64,${gif})`)).not.toContain('<img');
  expect(html(`[dot](data:image/gif;base64,${gif})`)).not.toContain('href');
});

test('a block that would take the window too long shows its source', () => {
  const rendered = html('$\\frac{a}{b}+\\sqrt{x}$ '.repeat(4_000));
  expect(rendered).toContain('source-block');
});

test('a block of millions of characters shows its beginning and says that the rest is kept', () => {
  const rendered = html('x'.repeat(3_000_000));
  expect(rendered).toContain('All are kept; the first 50\u202f000 are shown');
  expect(rendered.length).toBeLessThan(60_000);
});
