import { createNotebooks } from '#backend/notebooks/index.ts';
import type { Notebooks } from '#backend/notebooks/index.ts';
import { acquireLibraryLock } from '#backend/store/index.ts';
import { createRandom } from './random.ts';
import { draftOf, pairNotebookId, textOf } from './kill-ledger.ts';
import type { Entry } from './kill-ledger.ts';
import { openTestLibrary } from './library.ts';

/**
 * Writes to a library for as long as it lives, and says so on standard output, one line for each
 * write, after it has been acknowledged. The reader of that pipe is the ledger: it survives us.
 */
const path = process.argv[2] ?? '';
const random = createRandom(Number(process.argv[3]));
const clientId = `life-${process.pid}`;

const lock = acquireLibraryLock(path);
if (lock.kind !== 'owner') throw new Error('The library of a killed process is still held');
const library = await openTestLibrary(path, { utcMs: Date.now, monotonicMs: () => performance.now() });
const notebooks: Notebooks = createNotebooks({
  library,
  clock: { utcMs: Date.now, monotonicMs: () => performance.now() },
});

function acknowledge(entry: Entry): Promise<void> {
  // A full pipe holds the writer up: nothing is written that the ledger does not take.
  return new Promise((resolve) => {
    process.stdout.write(`${JSON.stringify(entry)}\n`, () => resolve());
  });
}

/** Two cells that one transaction always brings to the same text. */
function savePair(): Promise<void> {
  const source = textOf(random.next(), random.below(20_000));
  library.write(null, () => {
    for (const cellId of ['left', 'right']) {
      const { revision } = notebooks.getCell(cellId);
      notebooks.saveCell({ clientId, cellId, baseRevision: revision, source });
    }
  });
  return acknowledge({ kind: 'pair', revision: notebooks.getCell('left').revision, source });
}

function importOne(): Promise<void> {
  const cells = 1 + random.below(40);
  const { id } = notebooks.importNotebook(clientId, draftOf(cells, random.next()));
  return acknowledge({ kind: 'import', notebookId: id, cells });
}

function insertOne(): Promise<void> {
  const cellId = `${clientId}-${random.next()}`;
  const source = textOf(random.next(), random.below(2_000));
  notebooks.insertCell({
    clientId,
    notebookId: pairNotebookId,
    cellId,
    afterCellId: null,
    kind: 'note',
    source,
  });
  return acknowledge({ kind: 'insert', cellId, source });
}

function makePair(): void {
  library.write(null, () => {
    notebooks.create({ clientId, notebookId: pairNotebookId, title: 'Pair' });
    for (const cellId of ['left', 'right']) {
      notebooks.insertCell({
        clientId,
        notebookId: pairNotebookId,
        cellId,
        afterCellId: null,
        kind: 'problem',
        source: '',
      });
    }
  });
}

makePair();
await acknowledge({ kind: 'ready' });
for (;;) {
  const dice = random.below(10);
  if (dice < 6) await savePair();
  else if (dice < 9) await insertOne();
  else await importOne();
}
