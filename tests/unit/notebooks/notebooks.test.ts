import { expect, test } from 'vitest';
import { createNotebooks } from '#backend/notebooks/index.ts';
import { createTestClock, failureOf, openTestLibrary } from '#tests/support/library.ts';

const clientId = 'window-1';

async function setUp() {
  const clock = createTestClock();
  const library = await openTestLibrary(':memory:', clock);
  return { clock, library, notebooks: createNotebooks({ library, clock }) };
}

test('a new notebook is empty, listed and told of', async () => {
  const { library, notebooks } = await setUp();
  const created = notebooks.create({ clientId, title: 'Mechanics' });
  expect(notebooks.get(created.id)).toEqual(created);
  expect(created).toMatchObject({
    title: 'Mechanics',
    tags: [],
    macros: {},
    defaultChoice: null,
    revision: 1,
  });
  expect(notebooks.list()).toEqual([created]);
  expect(notebooks.cellsOf(created.id)).toEqual([]);
  expect(library.feed.since(0)).toEqual([
    { seq: 1, clientId, change: { type: 'notebook', notebookId: created.id } },
  ]);
});

test('a repeated create makes one notebook', async () => {
  const { notebooks } = await setUp();
  const first = notebooks.create({ clientId, notebookId: 'n', title: 'One' });
  expect(notebooks.create({ clientId, notebookId: 'n', title: 'One' })).toEqual(first);
  expect(notebooks.list()).toHaveLength(1);
});

test('an update changes what it names and leaves the rest', async () => {
  const { clock, notebooks } = await setUp();
  const { id } = notebooks.create({ clientId, title: 'T' });
  const choice = { provider: 'openai', model: 'gpt-x', effort: 'high' } as const;
  notebooks.update({
    clientId,
    notebookId: id,
    baseRevision: 1,
    macros: { '\\RR': '\\mathbb{R}' },
    tags: ['qm'],
  });
  clock.nowMs += 5;
  const updated = notebooks.update({ clientId, notebookId: id, baseRevision: 2, defaultChoice: choice });
  expect(updated).toMatchObject({
    title: 'T',
    tags: ['qm'],
    macros: { '\\RR': '\\mathbb{R}' },
    defaultChoice: choice,
    revision: 3,
    updatedAt: clock.nowMs,
  });
  expect(notebooks.get(id)).toEqual(updated);
});

test('an update on an old revision is refused with the current one and changes nothing', async () => {
  const { notebooks } = await setUp();
  const { id } = notebooks.create({ clientId, title: 'T' });
  notebooks.update({ clientId, notebookId: id, baseRevision: 1, title: 'Mine' });
  const refused = await failureOf(() =>
    notebooks.update({ clientId: 'window-2', notebookId: id, baseRevision: 1, title: 'Theirs' }),
  );
  expect(refused).toEqual({ code: 'revision-conflict', params: { currentRevision: 2, baseRevision: 1 } });
  expect(notebooks.get(id).title).toBe('Mine');
});

test('an update repeated after a lost acknowledgement is acknowledged again', async () => {
  const { notebooks } = await setUp();
  const { id } = notebooks.create({ clientId, title: 'T' });
  const update = { clientId, notebookId: id, baseRevision: 1, title: 'New' };
  const first = notebooks.update(update);
  expect(notebooks.update(update)).toEqual(first);
});

test('a notebook in the trash keeps everything and comes back', async () => {
  const { clock, notebooks } = await setUp();
  const created = notebooks.create({ clientId, title: 'T' });
  notebooks.insertCell({
    clientId,
    notebookId: created.id,
    cellId: 'c',
    afterCellId: null,
    kind: 'note',
    source: 'x',
  });
  const removed = notebooks.remove({ clientId, notebookId: created.id });
  expect(removed.deletedAt).toBe(clock.nowMs);
  expect(notebooks.list()).toEqual([]);
  expect(notebooks.listTrash()).toEqual([removed]);
  expect(notebooks.remove({ clientId, notebookId: created.id })).toEqual(removed);
  const restored = notebooks.restore({ clientId, notebookId: created.id });
  expect(restored.deletedAt).toBeNull();
  expect(notebooks.list()).toEqual([restored]);
  expect(notebooks.cellsOf(created.id)).toHaveLength(1);
});

test('notebooks are listed by their latest change, a change of a cell included', async () => {
  const { clock, notebooks } = await setUp();
  const first = notebooks.create({ clientId, title: 'First' });
  clock.nowMs += 10;
  const second = notebooks.create({ clientId, title: 'Second' });
  expect(notebooks.list().map(({ id }) => id)).toEqual([second.id, first.id]);
  clock.nowMs += 10;
  notebooks.insertCell({
    clientId,
    notebookId: first.id,
    cellId: 'c',
    afterCellId: null,
    kind: 'note',
    source: '',
  });
  expect(notebooks.list().map(({ id }) => id)).toEqual([first.id, second.id]);
});

test('a clock set back by ten years never makes anything older than it was', async () => {
  const { clock, notebooks } = await setUp();
  const { id, updatedAt } = notebooks.create({ clientId, title: 'T' });
  const cell = notebooks.insertCell({
    clientId,
    notebookId: id,
    cellId: 'c',
    afterCellId: null,
    kind: 'note',
    source: '',
  });
  clock.nowMs -= 315_360_000_000;
  expect(notebooks.update({ clientId, notebookId: id, baseRevision: 1, title: 'U' }).updatedAt).toBe(
    updatedAt,
  );
  expect(notebooks.saveCell({ clientId, cellId: 'c', baseRevision: 1, source: 'x' }).updatedAt).toBe(
    cell.updatedAt,
  );
  notebooks.removeCell({ clientId, cellId: 'c' });
  expect(notebooks.cellsOf(id)).toEqual([]);
});

test('an unknown notebook is refused by name', async () => {
  const { notebooks } = await setUp();
  const unknown = { code: 'notebook-not-found', params: { notebookId: 'n' } };
  expect(await failureOf(() => notebooks.get('n'))).toEqual(unknown);
  expect(await failureOf(() => notebooks.update({ clientId, notebookId: 'n', baseRevision: 1 }))).toEqual(
    unknown,
  );
  expect(
    await failureOf(() =>
      notebooks.insertCell({
        clientId,
        notebookId: 'n',
        cellId: 'c',
        afterCellId: null,
        kind: 'note',
        source: '',
      }),
    ),
  ).toEqual(unknown);
});

test('an imported notebook arrives whole, in order, with keys and domains', async () => {
  const { library, notebooks } = await setUp();
  const cells = [
    { kind: 'note', source: '# Title', answerKey: null, domain: null },
    { kind: 'problem', source: 'What is $1+1$?', answerKey: '2', domain: 'algebra' },
  ] as const;
  const imported = notebooks.importNotebook(clientId, {
    title: 'I',
    tags: ['a'],
    macros: { '\\x': 'y' },
    cells,
  });
  expect(imported).toMatchObject({ title: 'I', tags: ['a'], macros: { '\\x': 'y' } });
  expect(notebooks.cellsOf(imported.id)).toMatchObject([
    { kind: 'note', source: '# Title' },
    { kind: 'problem', source: 'What is $1+1$?', answerKey: '2', domain: 'algebra', choice: null },
  ]);
  expect(library.feed.latestSeq()).toBe(1);
});

test('an import with one text too long leaves nothing of itself', async () => {
  const { library, notebooks } = await setUp();
  const cells = [
    { kind: 'note', source: 'fine', answerKey: null, domain: null },
    { kind: 'note', source: 'x'.repeat(4_000_001), answerKey: null, domain: null },
  ] as const;
  const refused = await failureOf(() =>
    notebooks.importNotebook(clientId, { title: 'I', tags: [], macros: {}, cells }),
  );
  expect(refused).toEqual({
    code: 'text-too-long',
    params: { lengthChars: 4_000_001, limitChars: 4_000_000 },
  });
  expect(notebooks.list()).toEqual([]);
  expect(library.feed.latestSeq()).toBe(0);
});
