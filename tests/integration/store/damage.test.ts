import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotebooks, notebookTables } from '#backend/notebooks/index.ts';
import { verifyLibrary } from '#backend/store/index.ts';
import { createTestClock, createTestFolder, failureOf, openTestLibrary } from '#tests/support/library.ts';

const clientId = 'w';
let folder: string;
let removeFolder: () => void;
let path: string;
let pristine: Buffer;

const sourceOf = (index: number): string => `Problem ${index}: ${`body${index} `.repeat(40)}end`;
const cellCount = 8;

beforeEach(async () => {
  ({ folder, remove: removeFolder } = createTestFolder());
  path = join(folder, 'library.scholium');
  const library = await openTestLibrary(path);
  const notebooks = createNotebooks({ library, clock: createTestClock() });
  notebooks.create({ clientId, notebookId: 'n', title: 'A title of mine' });
  for (let index = 0; index < cellCount; index += 1) {
    const afterCellId = index === 0 ? null : `c${index - 1}`;
    const cell = { cellId: `c${index}`, afterCellId, kind: 'problem', source: sourceOf(index) } as const;
    notebooks.insertCell({ clientId, notebookId: 'n', ...cell });
  }
  library.close();
  pristine = readFileSync(path);
});
afterEach(() => removeFolder());

/** Where a text stands in the library's file: once in the cell, once in its history. */
function placesOf(text: string): readonly number[] {
  const places: number[] = [];
  for (let at = pristine.indexOf(text); at >= 0; at = pristine.indexOf(text, at + 1)) places.push(at);
  return places;
}

async function openDamaged(offsets: readonly number[]) {
  const bytes = Buffer.from(pristine);
  for (const offset of offsets) bytes[offset] = (bytes[offset] ?? 0) ^ 0x01;
  writeFileSync(path, bytes);
  const library = await openTestLibrary(path);
  return { library, notebooks: createNotebooks({ library, clock: createTestClock() }) };
}

test("a cell's text is kept twice, so one flipped byte costs nothing, and is reported", async () => {
  const places = placesOf('Problem 3');
  expect(places).toHaveLength(2);
  const damaged: string[] = [];
  for (const place of places) {
    const { library, notebooks } = await openDamaged([place]);
    const cells = notebooks.cellsOf('n');
    expect(cells.map(({ source }) => source)).toEqual(
      Array.from({ length: cellCount }, (_, i) => sourceOf(i)),
    );
    expect(cells.every(({ isDamaged }) => isDamaged === undefined)).toBe(true);
    damaged.push(...(await verifyLibrary(library, notebookTables)).map(({ table }) => table));
    library.close();
  }
  expect(damaged.toSorted()).toEqual(['cell', 'cell_revision']);
});

test('a cell damaged in both copies is shown as found, marked, and hides no other', async () => {
  const { library, notebooks } = await openDamaged(placesOf('Problem 3'));
  const cells = notebooks.cellsOf('n');
  expect(cells.map(({ id, isDamaged }) => [id, isDamaged])).toEqual(
    Array.from({ length: cellCount }, (_, index) => [`c${index}`, index === 3 ? true : undefined]),
  );
  expect(cells[3]?.source).toBe(sourceOf(3).replace('P', 'Q'));
  expect(await verifyLibrary(library, notebookTables)).toEqual([
    { table: 'cell', key: ['c3'] },
    { table: 'cell_revision', key: ['c3', 1] },
  ]);
  library.close();
});

test('a damaged cell is neither run nor moved nor removed; saving it makes it whole', async () => {
  const { library, notebooks } = await openDamaged(placesOf('Problem 3'));
  const damaged = { code: 'library-damaged', params: { path, damagedRows: 1 } };
  expect(await failureOf(() => notebooks.getProblem('c3'))).toEqual(damaged);
  expect(await failureOf(() => notebooks.removeCell({ clientId, cellId: 'c3' }))).toEqual(damaged);
  expect(await failureOf(() => notebooks.moveCell({ clientId, cellId: 'c3', afterCellId: null }))).toEqual(
    damaged,
  );
  notebooks.saveCell({ clientId, cellId: 'c3', baseRevision: 1, source: sourceOf(3) });
  expect(notebooks.getProblem('c3').source).toBe(sourceOf(3));
  expect((await verifyLibrary(library, notebookTables)).map(({ table }) => table)).toEqual(['cell_revision']);
  library.close();
});

test('a damaged notebook is still listed and opened, marked, with all its cells', async () => {
  const { library, notebooks } = await openDamaged(placesOf('A title of mine'));
  expect(notebooks.list()).toMatchObject([{ id: 'n', title: '@ title of mine', isDamaged: true }]);
  expect(notebooks.cellsOf('n')).toHaveLength(cellCount);
  expect(
    notebooks.update({ clientId, notebookId: 'n', baseRevision: 1, title: 'Mended' }),
  ).not.toHaveProperty('isDamaged');
  library.close();
});

test('wherever bytes of what was written flip, every cell is either right or marked', async () => {
  const ranges = Array.from({ length: cellCount }, (_, index) =>
    placesOf(sourceOf(index)).map((start) => [start, Buffer.byteLength(sourceOf(index))] as const),
  ).flat();
  const flip = fc
    .tuple(fc.constantFrom(...ranges), fc.nat())
    .map(([[start, length], offset]) => start + (offset % length));
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(flip, { minLength: 1, maxLength: 12 }), async (offsets) => {
      const { library, notebooks } = await openDamaged(offsets);
      const cells = notebooks.cellsOf('n');
      expect(cells).toHaveLength(cellCount);
      cells.forEach((cell, index) => {
        expect(cell.isDamaged === true || cell.source === sourceOf(index)).toBe(true);
      });
      library.close();
    }),
    { numRuns: 60 },
  );
});

test('a cell whose place is damaged keeps its words and is marked', async () => {
  const library = await openTestLibrary(path);
  library.db.exec("UPDATE cell SET order_key = 'zz' WHERE id = 'c2'");
  const cells = createNotebooks({ library, clock: createTestClock() }).cellsOf('n');
  expect(cells.at(-1)).toMatchObject({ id: 'c2', source: sourceOf(2), isDamaged: true });
  expect(cells).toHaveLength(cellCount);
  library.close();
});

test('a date of removal that damage put there hides no cell', async () => {
  const library = await openTestLibrary(path);
  library.db.exec("UPDATE cell SET removed_at = 5 WHERE id = 'c2'");
  const cells = createNotebooks({ library, clock: createTestClock() }).cellsOf('n');
  expect(cells[2]).toMatchObject({ id: 'c2', source: sourceOf(2), isDamaged: true });
  library.close();
});

test('inserting beside a cell with a damaged place still works, and hides no damage', async () => {
  const library = await openTestLibrary(path);
  const notebooks = createNotebooks({ library, clock: createTestClock() });
  const insert = (cellId: string, afterCellId: string | null) =>
    notebooks.insertCell({ clientId, notebookId: 'n', cellId, afterCellId, kind: 'note', source: cellId });
  insert('top', null);
  library.db.exec("UPDATE cell SET order_key = '%%' WHERE id = 'c3'");
  insert('new', 'c3');
  const cells = notebooks.cellsOf('n');
  expect(cells.map(({ id }) => id)).toEqual(['c3', 'new', 'top', 'c0', 'c1', 'c2', 'c4', 'c5', 'c6', 'c7']);
  expect(cells.filter(({ isDamaged }) => isDamaged).map(({ id }) => id)).toEqual(['c3']);
  library.close();
});
