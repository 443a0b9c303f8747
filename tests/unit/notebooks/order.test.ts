import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNotebooks } from '#backend/notebooks/index.ts';
import { keyBetween, spreadKeys } from '#backend/notebooks/order.ts';
import { createTestClock, openTestLibrary } from '#tests/support/library.ts';

const clientId = 'w';

type Step = {
  readonly kind: 'insert' | 'move' | 'remove' | 'restore';
  readonly what: number;
  readonly after: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('insert', 'insert', 'move', 'move', 'remove', 'restore'),
  what: fc.nat(),
  after: fc.nat(),
});

/** The same steps on a plain list, which cannot get an order wrong. Removed cells keep their places in it. */
function placeInList(list: string[], id: string, after: string | null): void {
  if (list.includes(id)) list.splice(list.indexOf(id), 1);
  list.splice(after === null ? 0 : list.indexOf(after) + 1, 0, id);
}

test('whatever is inserted, moved, removed and restored, cells stand in that order and no two share a key', async () => {
  const clock = createTestClock();
  const library = await openTestLibrary(':memory:', clock);
  const notebooks = createNotebooks({ library, clock });
  let round = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      round += 1;
      const notebookId = notebooks.create({ clientId, title: '' }).id;
      const list: string[] = [];
      const removed = new Set<string>();
      steps.forEach(({ kind, what, after }, index) => {
        const id = list[what % Math.max(1, list.length)];
        const afterCellId = list[after % (list.length + 1)] ?? null;
        if (kind === 'insert') {
          const cellId = `${round}-${index}`;
          notebooks.insertCell({ clientId, notebookId, cellId, afterCellId, kind: 'note', source: '' });
          placeInList(list, cellId, afterCellId);
        } else if (id !== undefined && kind === 'move' && id !== afterCellId) {
          notebooks.moveCell({ clientId, cellId: id, afterCellId });
          placeInList(list, id, afterCellId);
        } else if (id !== undefined && kind === 'remove') {
          notebooks.removeCell({ clientId, cellId: id });
          removed.add(id);
        } else if (id !== undefined && kind === 'restore') {
          notebooks.restoreCell({ clientId, cellId: id });
          removed.delete(id);
        }
      });
      const cells = notebooks.cellsOf(notebookId);
      expect(cells.map((cell) => cell.id)).toEqual(list.filter((id) => !removed.has(id)));
      expect(new Set(cells.map((cell) => cell.orderKey)).size).toBe(cells.length);
    }),
    { numRuns: 60 },
  );
});

test('two thousand insertions at one place keep their order, with keys of bounded length', async () => {
  const clock = createTestClock();
  const library = await openTestLibrary(':memory:', clock);
  const notebooks = createNotebooks({ library, clock });
  const notebookId = notebooks.create({ clientId, title: '' }).id;
  const insert = (cellId: string, afterCellId: string | null) =>
    notebooks.insertCell({ clientId, notebookId, cellId, afterCellId, kind: 'note', source: '' });
  insert('first', null);
  insert('last', 'first');
  library.write(null, () => {
    for (let count = 0; count < 2_000; count += 1) insert(`c${count}`, 'first');
  });
  const cells = notebooks.cellsOf(notebookId);
  const inserted = Array.from({ length: 2_000 }, (_, index) => `c${1_999 - index}`);
  expect(cells.map(({ id }) => id)).toEqual(['first', ...inserted, 'last']);
  expect(Math.max(...cells.map(({ orderKey }) => orderKey.length))).toBeLessThanOrEqual(200);
});

test('a key that is none of ours makes no key beside it, and spread keys are in order', () => {
  expect(keyBetween('a0', 'a1')).toBe('a0V');
  expect(keyBetween('%%', null)).toBeNull();
  const keys = spreadKeys(5_000);
  expect(keys).toEqual([...new Set(keys)].toSorted());
});
