import { expect, test } from 'vitest';
import { printPage } from '#backend/exchange/index.ts';
import type { PrintableNotebook } from '#backend/exchange/index.ts';
import { brand } from '#shared/domain/ids.ts';
import type { RunId } from '#shared/domain/ids.ts';
import type { Run } from '#shared/domain/run.ts';
import { createMarkupRenderer } from '#shared/markup/index.ts';
import { dangersIn } from '#tests/support/html-check.ts';
import { noteCell, problemCell, sampleNotebook } from '#tests/support/sample-cells.ts';
import { cancelledRun, completedRun, failedRun } from '#tests/support/sample-runs.ts';

const renderer = createMarkupRenderer();
const page = (content: Partial<PrintableNotebook>): Promise<string> =>
  printPage({ notebook: sampleNotebook(), cells: [], runs: [], ...content }, (source) =>
    Promise.resolve(renderer.renderDocument(source, { macros: {}, output: 'print' })),
  );
const run = (id: string, answer: string, state: 'completed' | 'cancelled' = 'completed'): Run => {
  const changes = { id: brand<RunId>(id), answer };
  return state === 'completed' ? completedRun(changes) : cancelledRun(changes);
};

test('a page shows title, notes, problems with their domain, and answers', async () => {
  const html = await page({
    cells: [noteCell({ source: 'A *note*.' }), problemCell({ domain: 'mechanics' })],
    runs: [run('a', 'The answer.')],
  });
  expect(html).toContain('<h1 class="title">Landau levels</h1>');
  expect(html).toContain('A <em>note</em>.');
  expect(html).toContain('Problem <span class="domain">mechanics</span>');
  expect(html).toContain('The answer.');
  expect(html).toContain('gpt-6.2-sol');
});

test('answer keys and thinking are not printed', async () => {
  const html = await page({
    cells: [problemCell({ answerKey: 'SECRET KEY' })],
    runs: [completedRun({ answer: 'A.', thinking: 'SECRET THOUGHT' })],
  });
  expect(html).not.toContain('SECRET');
});

test('the newest completed answer is printed unless another is pinned', async () => {
  const runs = [run('c', 'Newest, stopped.', 'cancelled'), run('b', 'Newer.'), run('a', 'Older.')];
  expect(await page({ cells: [problemCell()], runs })).toContain('Newer.');
  const pinned = await page({ cells: [problemCell({ pinnedRunId: brand<RunId>('a') })], runs });
  expect(pinned).toContain('Older.');
  expect(pinned).not.toContain('Newer.');
});

test('where no run completed, the newest text is printed with its state', async () => {
  const html = await page({ cells: [problemCell()], runs: [run('a', 'Half an', 'cancelled')] });
  expect(html).toMatch(/Cancelled( after [^;]+)?; the text so far\./);
  expect(html).toContain('Half an');
});

test('a problem without any answer stands alone', async () => {
  const failure = { code: 'key-missing', params: { provider: 'openai' } } as const;
  const html = await page({ cells: [problemCell()], runs: [failedRun(failure, { answer: '' })] });
  expect(html).not.toContain('class="answer');
});

test('an answer to another question says so', async () => {
  const cells = [problemCell({ source: 'A new question.' })];
  expect(await page({ cells, runs: [run('a', 'A.')] })).toContain('Question changed after this run.');
  expect(await page({ cells: [problemCell()], runs: [run('a', 'A.')] })).not.toContain('Question changed');
});

test('headings make one outline: title, sections, problems, parts of answers', async () => {
  const html = await page({
    cells: [noteCell({ source: '## Field\n\n### Gauge' }), problemCell({ source: 'Q' })],
    runs: [run('a', '# Step\n\n## Sub')],
  });
  const headings = [...html.matchAll(/<h([1-6])[^>]*>(.*?)<\/h\1>/g)].map(
    ([, level, text]) => `${level} ${text}`,
  );
  expect(headings).toEqual(['1 Landau levels', '2 Field', '3 Gauge', '4 Problem', '5 Step', '6 Sub']);
});

test('the bar is drawn in lines, and says its parts in words', async () => {
  const html = await page({ cells: [problemCell()], runs: [run('a', 'A.')] });
  const label = /aria-label="([^"]+)"/.exec(html)?.[1] ?? '';
  expect(label).toContain('Time: wait');
  expect(label).toContain('thinking');
  expect(html).toMatch(/<rect class="solid"/);
  expect(html).toMatch(/<path d="M/);
});

test('a page holds no script and asks for nothing but its stylesheet', async () => {
  const bad = '<img src=x onerror=alert(1)>"\'';
  const html = await page({
    notebook: sampleNotebook({ title: bad }),
    cells: [noteCell({ source: bad }), problemCell({ source: bad, domain: bad })],
    runs: [completedRun({ answer: bad, choice: { provider: 'openai', model: bad, effort: null } })],
  });
  expect(html).toContain(
    `content="default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:"`,
  );
  expect(html.match(/<link[^>]*>/g)).toEqual(['<link rel="stylesheet" href="/assets/print.css">']);
  const body = html.slice(html.indexOf('<body>') + 6, html.indexOf('</body>'));
  const known = /^(tag (section|aside|rect)|attribute (role|aria-label|x in <rect|y|width|height|viewBox))/;
  expect(dangersIn(body).filter((danger) => !known.test(danger) && !/small|tag b in/.test(danger))).toEqual(
    [],
  );
});

test('what was found damaged is printed as such, and nothing else is', async () => {
  const cells = [noteCell({ isDamaged: true }), problemCell({ isDamaged: true })];
  const damaged = await page({
    notebook: { ...sampleNotebook(), isDamaged: true },
    cells,
    runs: [{ ...completedRun({ answer: 'Found.' }), isDamaged: true }],
  });
  expect(damaged.match(/damaged on the disk/g)).toHaveLength(4);
  const whole = await page({ cells: [noteCell({}), problemCell({})], runs: [completedRun({})] });
  expect(whole).not.toContain('damaged');
});

test('an answer cut at the length limit says so on paper too', async () => {
  const html = await page({ cells: [problemCell({})], runs: [completedRun({}, { finish: 'length' })] });
  expect(html).toContain('<p class="remark">The answer reached the length limit');
});
