import { writeSync } from 'node:fs';
import { createNotebooks } from '#backend/notebooks/index.ts';
import { AppError } from '#shared/domain/failure.ts';
import { createTestClock, openTestLibrary } from './library.ts';

/** Inserts cells, printing each one's id once it is acknowledged, until one is refused; prints why. */
const library = await openTestLibrary(process.argv[2]);
const notebooks = createNotebooks({ library, clock: createTestClock() });
notebooks.create({ clientId: 'w', notebookId: 'n', title: '' });
for (let count = 0; ; count += 1) {
  const cellId = `c${count}`;
  const source = `${cellId} ${'x'.repeat(8_000)}`;
  try {
    notebooks.insertCell({ clientId: 'w', notebookId: 'n', cellId, afterCellId: null, kind: 'note', source });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    writeSync(1, `refused ${error.failure.code}\n`);
    break;
  }
  writeSync(1, `${cellId}\n`);
}
