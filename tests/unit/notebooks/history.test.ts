import { expect, test } from 'vitest';
import { createNotebooks } from '#backend/notebooks/index.ts';
import { createTestClock, openTestLibrary } from '#tests/support/library.ts';

const fiveMinutesMs = 300_000;

async function setUp() {
  const clock = createTestClock();
  const library = await openTestLibrary(':memory:', clock);
  const notebooks = createNotebooks({ library, clock });
  notebooks.create({ clientId: 'w', notebookId: 'n', title: '' });
  const insert = (cellId: string) =>
    notebooks.insertCell({
      clientId: 'w',
      notebookId: 'n',
      cellId,
      afterCellId: null,
      kind: 'problem',
      source: '',
    });
  const type = (cellId: string, source: string, clientId = 'w') => {
    const baseRevision = notebooks.getCell(cellId).revision;
    return notebooks.saveCell({ clientId, cellId, baseRevision, source });
  };
  const sources = (cellId: string) => notebooks.versionsOf(cellId).map((version) => version.source);
  insert('a');
  return { clock, notebooks, insert, type, sources };
}

test('one editing spell is one version: its last', async () => {
  const { type, sources } = await setUp();
  type('a', 'o');
  type('a', 'on');
  type('a', 'one');
  expect(sources('a')).toEqual(['one']);
});

test('a spell ends after five minutes', async () => {
  const { clock, type, sources } = await setUp();
  type('a', 'one');
  clock.nowMs += fiveMinutesMs - 1;
  type('a', 'two');
  clock.nowMs += 1;
  type('a', 'three');
  expect(sources('a')).toEqual(['three', 'two']);
});

test('a spell ends when the clock is set back, rather than lasting until it has caught up', async () => {
  const { clock, type, sources } = await setUp();
  type('a', 'one');
  clock.nowMs -= 1;
  type('a', 'two');
  expect(sources('a')).toEqual(['two', 'one']);
});

test('a spell ends when the same window turns to another cell', async () => {
  const { insert, type, sources } = await setUp();
  type('a', 'one');
  insert('b');
  type('a', 'two');
  type('b', 'elsewhere');
  type('a', 'three');
  expect(sources('a')).toEqual(['three', 'two', 'one']);
});

test('a spell ends when another window takes over', async () => {
  const { type, sources } = await setUp();
  type('a', 'mine');
  type('a', 'theirs', 'other');
  expect(sources('a')).toEqual(['theirs', 'mine']);
});

test('a spell ends with a run, a move, a removal and a change of kind', async () => {
  const { notebooks, type, sources } = await setUp();
  type('a', 'one');
  notebooks.closeSpell('a');
  type('a', 'two');
  notebooks.moveCell({ clientId: 'w', cellId: 'a', afterCellId: null });
  type('a', 'three');
  notebooks.removeCell({ clientId: 'w', cellId: 'a' });
  notebooks.restoreCell({ clientId: 'w', cellId: 'a' });
  type('a', 'four');
  const { revision } = notebooks.getCell('a');
  notebooks.saveCell({ clientId: 'w', cellId: 'a', baseRevision: revision, kind: 'note' });
  expect(sources('a')).toEqual(['four', 'four', 'three', 'two', 'one']);
  expect(notebooks.versionsOf('a').map(({ kind }) => kind)).toEqual([
    'note',
    'problem',
    'problem',
    'problem',
    'problem',
  ]);
});

test('choosing a model or pinning an answer makes no version of its own', async () => {
  const { notebooks, type, sources } = await setUp();
  type('a', 'one');
  notebooks.closeSpell('a');
  const { revision } = notebooks.getCell('a');
  notebooks.saveCell({ clientId: 'w', cellId: 'a', baseRevision: revision, pinnedRunId: 'run' });
  expect(sources('a')).toEqual(['one']);
  type('a', 'two');
  expect(sources('a')).toEqual(['two', 'one']);
});
