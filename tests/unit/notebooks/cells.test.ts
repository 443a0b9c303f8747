import { expect, test } from 'vitest';
import { createNotebooks } from '#backend/notebooks/index.ts';
import { createTestClock, failureOf, openTestLibrary } from '#tests/support/library.ts';

const clientId = 'window-1';

async function setUp() {
  const clock = createTestClock();
  const library = await openTestLibrary(':memory:', clock);
  const notebooks = createNotebooks({ library, clock });
  const notebookId = notebooks.create({ clientId, notebookId: 'n', title: 'T' }).id;
  const insert = (cellId: string, afterCellId: string | null = null, source = cellId) =>
    notebooks.insertCell({ clientId, notebookId, cellId, afterCellId, kind: 'problem', source });
  const order = (): string[] => notebooks.cellsOf(notebookId).map(({ id }) => id);
  return { clock, library, notebooks, notebookId, insert, order };
}

test('cells stand where they were put', async () => {
  const { insert, order } = await setUp();
  insert('b');
  insert('a');
  insert('c', 'b');
  insert('between', 'a');
  expect(order()).toEqual(['a', 'between', 'b', 'c']);
});

test('a repeated insert inserts once, and answers with the cell as it is now', async () => {
  const { notebooks, insert, order } = await setUp();
  insert('a');
  const saved = notebooks.saveCell({ clientId, cellId: 'a', baseRevision: 1, source: 'typed on' });
  expect(insert('a')).toEqual(saved);
  expect(order()).toEqual(['a']);
});

test('inserting behind a cell of another notebook is refused', async () => {
  const { notebooks, insert } = await setUp();
  insert('a');
  notebooks.create({ clientId, notebookId: 'other', title: '' });
  const refused = await failureOf(() =>
    notebooks.insertCell({
      clientId,
      notebookId: 'other',
      cellId: 'x',
      afterCellId: 'a',
      kind: 'note',
      source: '',
    }),
  );
  expect(refused).toEqual({ code: 'cell-not-found', params: { cellId: 'a' } });
});

test('a save changes what it names, is told of, and raises the revision by one', async () => {
  const { library, notebooks, insert } = await setUp();
  insert('a');
  const before = library.feed.latestSeq();
  const saved = notebooks.saveCell({ clientId, cellId: 'a', baseRevision: 1, answerKey: '42' });
  expect(saved).toMatchObject({ source: 'a', answerKey: '42', revision: 2 });
  expect(notebooks.getCell('a')).toEqual(saved);
  expect(library.feed.since(before)).toEqual([
    { seq: before + 1, clientId, change: { type: 'cell', notebookId: 'n', cellId: 'a' } },
  ]);
});

test('two windows on one cell never overwrite each other silently', async () => {
  const { notebooks, insert } = await setUp();
  insert('a');
  notebooks.saveCell({ clientId: 'window-1', cellId: 'a', baseRevision: 1, source: 'mine' });
  const refused = await failureOf(() =>
    notebooks.saveCell({ clientId: 'window-2', cellId: 'a', baseRevision: 1, source: 'theirs' }),
  );
  expect(refused).toEqual({ code: 'revision-conflict', params: { currentRevision: 2, baseRevision: 1 } });
  expect(notebooks.getCell('a').source).toBe('mine');
});

test('a save repeated after a lost acknowledgement is acknowledged, and changes nothing', async () => {
  const { library, notebooks, insert } = await setUp();
  insert('a');
  const save = { clientId, cellId: 'a', baseRevision: 1, source: 'typed' };
  const saved = notebooks.saveCell(save);
  const seq = library.feed.latestSeq();
  expect(notebooks.saveCell(save)).toEqual(saved);
  expect(library.feed.latestSeq()).toBe(seq);
});

test('a problem that becomes a note and a problem again has its key and domain back', async () => {
  const { notebooks, notebookId } = await setUp();
  notebooks.insertCell({
    clientId,
    notebookId,
    cellId: 'p',
    afterCellId: null,
    kind: 'problem',
    source: 'q',
    answerKey: '1',
    domain: 'optics',
  });
  const note = notebooks.saveCell({ clientId, cellId: 'p', baseRevision: 1, kind: 'note' });
  expect(note).not.toHaveProperty('answerKey');
  expect(notebooks.saveCell({ clientId, cellId: 'p', baseRevision: 2, kind: 'problem' })).toMatchObject({
    kind: 'problem',
    answerKey: '1',
    domain: 'optics',
    revision: 3,
  });
});

test('a choice and a pinned run are kept, and can be taken back', async () => {
  const { notebooks, insert } = await setUp();
  insert('a');
  const choice = { provider: 'compatible', model: 'qwen3', effort: null } as const;
  notebooks.saveCell({ clientId, cellId: 'a', baseRevision: 1, choice, pinnedRunId: 'run-1' });
  expect(notebooks.getCell('a')).toMatchObject({ choice, pinnedRunId: 'run-1' });
  notebooks.saveCell({ clientId, cellId: 'a', baseRevision: 2, choice: null, pinnedRunId: null });
  expect(notebooks.getCell('a')).toMatchObject({ choice: null, pinnedRunId: null });
});

test('moving a cell leaves its revision, so that nobody typing in it meets a conflict', async () => {
  const { notebooks, insert, order } = await setUp();
  insert('c');
  insert('b');
  insert('a');
  expect(notebooks.moveCell({ clientId, cellId: 'a', afterCellId: 'c' }).revision).toBe(1);
  expect(order()).toEqual(['b', 'c', 'a']);
  notebooks.moveCell({ clientId, cellId: 'c', afterCellId: null });
  expect(order()).toEqual(['c', 'b', 'a']);
  notebooks.moveCell({ clientId, cellId: 'b', afterCellId: 'b' });
  expect(order()).toEqual(['c', 'b', 'a']);
  notebooks.saveCell({ clientId, cellId: 'a', baseRevision: 1, source: 'still fine' });
});

test('a removed cell comes back to its place with what was typed last', async () => {
  const { library, notebooks, insert, order } = await setUp();
  insert('c');
  insert('b');
  insert('a');
  notebooks.removeCell({ clientId, cellId: 'b' });
  expect(order()).toEqual(['a', 'c']);
  expect(library.feed.since(0)?.at(-1)?.change).toEqual({
    type: 'cell-removed',
    notebookId: 'n',
    cellId: 'b',
  });
  expect(await failureOf(() => notebooks.getCell('b'))).toEqual({
    code: 'cell-not-found',
    params: { cellId: 'b' },
  });
  // A keystroke that was on its way while another window removed the cell.
  notebooks.saveCell({ clientId, cellId: 'b', baseRevision: 1, source: 'last words' });
  insert('new', 'a');
  expect(notebooks.restoreCell({ clientId, cellId: 'b' }).source).toBe('last words');
  expect(order().toSorted()).toEqual(['a', 'b', 'c', 'new']);
  expect(order().indexOf('b')).toBeLessThan(order().indexOf('c'));
  expect(order().indexOf('b')).toBeGreaterThan(order().indexOf('a'));
});

test('only a problem can be asked for as a problem', async () => {
  const { notebooks, insert } = await setUp();
  insert('a');
  expect(notebooks.getProblem('a').source).toBe('a');
  notebooks.saveCell({ clientId, cellId: 'a', baseRevision: 1, kind: 'note' });
  expect((await failureOf(() => notebooks.getProblem('a'))).code).toBe('cell-not-a-problem');
  expect((await failureOf(() => notebooks.getProblem('x'))).code).toBe('cell-not-found');
});

test('text beyond the limit is refused and what was saved before stays', async () => {
  const { notebooks, insert } = await setUp();
  insert('a', null, 'short');
  const refused = await failureOf(() =>
    notebooks.saveCell({ clientId, cellId: 'a', baseRevision: 1, source: 'x'.repeat(4_000_001) }),
  );
  expect(refused.code).toBe('text-too-long');
  expect(notebooks.getCell('a')).toMatchObject({ source: 'short', revision: 1 });
});

test('letters that no file can hold become U+FFFD, and the cell stays readable', async () => {
  const { notebooks, insert } = await setUp();
  expect(insert('a', null, 'x\ud835y\0z').source).toBe('x\ufffdy\ufffdz');
  expect(notebooks.getCell('a').source).toBe('x\ufffdy\ufffdz');
});
