import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLibrary } from '#backend/store/index.ts';
import { newestVersion } from '#backend/store/migrate.ts';
import type { Migration } from '#backend/store/migrations/index.ts';
import { migrations } from '#backend/store/migrations/index.ts';
import { createTestClock, createTestFolder, failureOf } from '#tests/support/library.ts';
import { fingerprintFolder } from '#tests/support/files.ts';
import { silentLog } from '#tests/support/silent-log.ts';
import { addColour, firstFormat } from '#tests/support/sample-migrations.ts';

let folder: string;
let removeFolder: () => void;
let path: string;

beforeEach(async () => {
  ({ folder, remove: removeFolder } = createTestFolder());
  path = join(folder, 'library.scholium');
  const older = await open([firstFormat]);
  older.db.exec("INSERT INTO parent (id, name) VALUES (1, 'Noether'), (2, 'Euler')");
  older.db.exec('INSERT INTO child (parent_id) VALUES (1), (1), (2)');
  older.close();
});
afterEach(() => removeFolder());

function open(steps: readonly Migration[]) {
  return openLibrary({ path, log: silentLog, clock: createTestClock(), migrations: steps });
}

const backups = () => readdirSync(join(folder, 'backups'));

/** What the library holds and in which format, read without Scholium. */
function peek(file = path) {
  const db = new Database(file, { readonly: true });
  const content = {
    version: db.pragma('user_version', { simple: true }),
    parents: db.prepare('SELECT * FROM parent ORDER BY id').all(),
    children: db.prepare('SELECT count(*) FROM child').pluck().get(),
  };
  db.close();
  return content;
}

const olderContent = {
  version: 1,
  parents: [
    { id: 1, name: 'Noether' },
    { id: 2, name: 'Euler' },
  ],
  children: 3,
};

test('an older library is brought to the newest format, with a backup of the old one beside it', async () => {
  (await open([firstFormat, addColour])).close();
  expect(peek()).toEqual({
    version: 2,
    parents: [
      { id: 1, name: 'Noether', colour: 'red' },
      { id: 2, name: 'Euler', colour: 'red' },
    ],
    children: 3,
  });
  expect(backups()).toEqual(['library-format-1-20261123T000000Z.scholium']);
  expect(peek(join(folder, 'backups', backups()[0] ?? ''))).toEqual(olderContent);
});

test('a backup opens as a library by itself', async () => {
  (await open([firstFormat, addColour])).close();
  path = join(folder, 'backups', backups()[0] ?? '');
  (await open([firstFormat])).close();
  expect(peek()).toEqual(olderContent);
});

test('a library in the newest format is not backed up and not changed', async () => {
  const before = fingerprintFolder(folder);
  (await open([firstFormat])).close();
  expect(fingerprintFolder(folder)).toEqual(before);
});

test('a step that throws leaves the library in its old format', async () => {
  const failing: Migration = {
    version: 2,
    name: 'failing',
    up(db) {
      addColour.up(db);
      db.exec('DELETE FROM child');
      throw new Error('half way');
    },
  };
  await expect(open([firstFormat, failing])).rejects.toThrow('half way');
  expect(peek()).toEqual(olderContent);
});

test('a step that breaks references is taken back', async () => {
  const breaking: Migration = {
    version: 2,
    name: 'breaking',
    up: (db) => void db.exec('DELETE FROM parent WHERE id = 2'),
  };
  await expect(open([firstFormat, breaking])).rejects.toThrow('breaks 1 references');
  expect(peek()).toEqual(olderContent);
});

test('without a backup nothing is migrated', async () => {
  writeFileSync(join(folder, 'backups'), 'a file where the folder should be');
  const before = fingerprintFolder(folder);
  expect(await failureOf(() => open([firstFormat, addColour]))).toMatchObject({
    code: 'library-backup-failed',
    params: { path },
  });
  expect(fingerprintFolder(folder)).toEqual(before);
  expect(peek()).toEqual(olderContent);
});

test('a kill in the middle of a step leaves the old format, and the next start finishes the work', async () => {
  const script = fileURLToPath(new URL('../../support/die-migrating.ts', import.meta.url));
  expect(spawnSync(process.execPath, [script, path]).signal).toBe('SIGKILL');
  expect(peek()).toEqual(olderContent);
  (await open([firstFormat, addColour])).close();
  expect(peek().version).toBe(2);
});

test('steps are numbered 1, 2, 3 without a gap', () => {
  expect(newestVersion(migrations)).toBe(migrations.length);
  expect(() => newestVersion([firstFormat, { ...addColour, version: 3 }])).toThrow('out of order');
});
