import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createNotebooks, notebookTables } from '#backend/notebooks/index.ts';
import { verifyLibrary } from '#backend/store/index.ts';
import { createTestClock, createTestFolder, failureOf, openTestLibrary } from '#tests/support/library.ts';

const clientId = 'w';
let folder: string;
let removeFolder: () => void;
let path: string;

beforeEach(() => {
  ({ folder, remove: removeFolder } = createTestFolder());
  path = join(folder, 'library.scholium');
});
afterEach(() => removeFolder());

test('on a full disk a save is refused, what was saved stays, and saving goes on when there is room', async () => {
  const library = await openTestLibrary(path);
  const notebooks = createNotebooks({ library, clock: createTestClock() });
  notebooks.create({ clientId, notebookId: 'n', title: '' });
  notebooks.insertCell({
    clientId,
    notebookId: 'n',
    cellId: 'c',
    afterCellId: null,
    kind: 'note',
    source: 'kept',
  });
  const told: unknown[] = [];
  library.feed.subscribe((entries) => told.push(entries));
  // SQLite's own limit on pages ends in the very error that a full disk does.
  const pages = Number(library.db.pragma('page_count', { simple: true }));
  library.db.pragma(`max_page_count = ${pages}`);
  const save = { clientId, cellId: 'c', baseRevision: 1, source: 'x'.repeat(100_000) };
  expect(await failureOf(() => notebooks.saveCell(save))).toEqual({ code: 'disk-full', params: { path } });
  expect(notebooks.getCell('c')).toMatchObject({ source: 'kept', revision: 1 });
  expect(told).toEqual([]);

  library.db.pragma('max_page_count = 100000');
  expect(notebooks.saveCell(save).revision).toBe(2);
  expect(told).toHaveLength(1);
  library.close();
});

// The shell's limit on the size of files stands in for a disk that fails a write in its middle.
test.runIf(process.platform !== 'win32')(
  'when the disk fails a write, everything acknowledged before is there afterwards',
  async () => {
    const script = fileURLToPath(new URL('../../support/write-until-refused.ts', import.meta.url));
    const limited = `trap '' XFSZ; ulimit -f 2000; exec "$0" "$@"`;
    const output = execFileSync('sh', ['-c', limited, process.execPath, script, path], { encoding: 'utf8' });
    const lines = output.trim().split('\n');
    const refused = lines.pop();
    expect(refused).toMatch(/^refused disk-(failed|full)$/);
    expect(lines.length).toBeGreaterThan(10);

    const library = await openTestLibrary(path);
    const notebooks = createNotebooks({ library, clock: createTestClock() });
    for (const cellId of lines) expect(notebooks.getCell(cellId).source).toMatch(new RegExp(`^${cellId} `));
    expect(notebooks.cellsOf('n')).toHaveLength(lines.length);
    expect(await verifyLibrary(library, notebookTables)).toEqual([]);
    expect(library.db.pragma('integrity_check', { simple: true })).toBe('ok');
    library.close();
  },
);
