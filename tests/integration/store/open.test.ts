import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createNotebooks } from '#backend/notebooks/index.ts';
import { acquireLibraryLock } from '#backend/store/index.ts';
import { migrations } from '#backend/store/migrations/index.ts';
import { createTestClock, createTestFolder, failureOf, openTestLibrary } from '#tests/support/library.ts';
import { fingerprintFolder } from '#tests/support/files.ts';

let folder: string;
let removeFolder: () => void;
let path: string;

beforeEach(() => {
  ({ folder, remove: removeFolder } = createTestFolder());
  path = join(folder, 'library.scholium');
});
afterEach(() => {
  vi.unstubAllEnvs();
  removeFolder();
});

const clientId = 'w';

async function fill(at: string, cells = 3): Promise<string> {
  const library = await openTestLibrary(at);
  const notebooks = createNotebooks({ library, clock: createTestClock() });
  const { id } = notebooks.create({ clientId, title: 'Kept' });
  for (let count = 0; count < cells; count += 1) {
    const source = `cell ${count} ${'x'.repeat(2_000)}`;
    notebooks.insertCell({
      clientId,
      notebookId: id,
      cellId: `c${count}`,
      afterCellId: null,
      kind: 'note',
      source,
    });
  }
  library.close();
  return id;
}

/** Refused alike by the lock and by opening, with every byte as it was and nothing new beside it. */
async function expectUntouchedRefusal(): Promise<ReturnType<typeof failureOf>> {
  const before = fingerprintFolder(folder);
  const refused = await failureOf(() => openTestLibrary(path));
  expect(await failureOf(() => acquireLibraryLock(path))).toEqual(refused);
  expect(fingerprintFolder(folder)).toEqual(before);
  return refused;
}

test('what was written is there after closing and opening again, in one file', async () => {
  const id = await fill(path);
  expect(readdirSync(folder)).toEqual(['library.scholium']);
  const library = await openTestLibrary(path);
  const notebooks = createNotebooks({ library, clock: createTestClock() });
  expect(notebooks.get(id).title).toBe('Kept');
  expect(notebooks.cellsOf(id)).toHaveLength(3);
  expect(library.feed.latestSeq()).toBe(4);
  library.close();
});

test('a commit is on the disk before it is acknowledged, and references and schema are guarded', async () => {
  const { db, close } = await openTestLibrary(path);
  const pragma = (name: string) => db.pragma(name, { simple: true });
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('synchronous')).toBe(2);
  expect(pragma('foreign_keys')).toBe(1);
  expect(pragma('trusted_schema')).toBe(0);
  expect(pragma('cell_size_check')).toBe(1);
  expect(pragma('busy_timeout')).toBe(5_000);
  expect(pragma('user_version')).toBe(migrations.length);
  expect(pragma('application_id')).toBe(0x5363686c);
  close();
});

test('every table is strict', async () => {
  const { db, close } = await openTestLibrary(path);
  const loose = db
    .prepare(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  expect(loose).toEqual([]);
  close();
});

test('an empty file becomes a fresh library', async () => {
  writeFileSync(path, '');
  const library = await openTestLibrary(path);
  expect(library.feed.latestSeq()).toBe(0);
  library.close();
});

test('a library whose very first start was cut off becomes a fresh library', async () => {
  const cutOff = new Database(path);
  cutOff.pragma('journal_mode = WAL');
  cutOff.close();
  const library = await openTestLibrary(path);
  expect(library.feed.latestSeq()).toBe(0);
  library.close();
});

test('a text file is refused and left alone', async () => {
  writeFileSync(path, 'Dear diary, this is not a database.');
  expect(await expectUntouchedRefusal()).toEqual({ code: 'library-not-sqlite', params: { path } });
});

test("another program's SQLite file is refused and left alone", async () => {
  const other = new Database(path);
  other.exec('CREATE TABLE bookmarks (url TEXT)');
  other.close();
  expect(await expectUntouchedRefusal()).toEqual({ code: 'library-not-sqlite', params: { path } });
});

test('a library of a newer Scholium is refused and left alone', async () => {
  await fill(path);
  const newer = new Database(path);
  newer.pragma('user_version = 99');
  newer.close();
  expect(await expectUntouchedRefusal()).toEqual({
    code: 'library-newer',
    params: { path, foundVersion: 99, knownVersion: migrations.length },
  });
});

test('a newer Scholium that crashed before its log was folded in is recognised all the same', async () => {
  const live = join(folder, 'live');
  mkdirSync(live);
  await fill(join(live, 'l'));
  const newer = new Database(join(live, 'l'));
  newer.pragma('wal_autocheckpoint = 0');
  newer.pragma('user_version = 77');
  newer.exec("UPDATE notebook SET title = 'Newer'");
  copyFileSync(join(live, 'l'), path);
  copyFileSync(join(live, 'l-wal'), `${path}-wal`);
  newer.close();
  expect(readFileSync(path).readUInt32BE(60)).toBe(migrations.length);
  expect((await expectUntouchedRefusal()).code).toBe('library-newer');
});

test('a change that a crash left half written in the log is not taken for one', async () => {
  const live = join(folder, 'live');
  mkdirSync(live);
  await fill(join(live, 'l'));
  const newer = new Database(join(live, 'l'));
  newer.pragma('wal_autocheckpoint = 0');
  newer.pragma('user_version = 77');
  copyFileSync(join(live, 'l'), path);
  copyFileSync(join(live, 'l-wal'), `${path}-wal`);
  newer.close();
  truncateSync(`${path}-wal`, readFileSync(`${path}-wal`).length - 1);
  const library = await openTestLibrary(path);
  expect(createNotebooks({ library, clock: createTestClock() }).list()).toHaveLength(1);
  library.close();
});

test('a library that was cut short is refused as damaged and left alone', async () => {
  await fill(path, 40);
  truncateSync(path, 20_000);
  expect(await expectUntouchedRefusal()).toEqual({
    code: 'library-damaged',
    params: { path, damagedRows: 0 },
  });
});

test('a library whose schema is overwritten is refused as damaged', async () => {
  await fill(path, 40);
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 100, 4_096);
  writeFileSync(path, bytes);
  expect((await failureOf(() => openTestLibrary(path))).code).toBe('library-damaged');
});

test('a log that lost its library is kept, not deleted', async () => {
  writeFileSync(`${path}-wal`, 'the only copy of something');
  expect((await expectUntouchedRefusal()).code).toBe('library-damaged');
});

test('a folder that is not there is not made, since it may be a drive that is not connected', async () => {
  path = join(folder, 'usb', 'library.scholium');
  expect(await expectUntouchedRefusal()).toEqual({
    code: 'library-unreachable',
    params: { path, reason: 'ENOENT' },
  });
  expect(readdirSync(folder)).toEqual([]);
});

test("the default library's folder is made, for this user alone", async () => {
  vi.stubEnv('SCHOLIUM_DATA_FOLDER', join(folder, 'data'));
  path = join(folder, 'data', 'library.scholium');
  const lock = acquireLibraryLock(path);
  const library = await openTestLibrary(path);
  expect(library.path).toBe(path);
  library.close();
  expect(lock.kind).toBe('owner');
  if (lock.kind === 'owner') lock.release();
});

test('a folder and a link to nowhere are no libraries', async () => {
  mkdirSync(path);
  expect((await expectUntouchedRefusal()).code).toBe('library-unreachable');
  path = join(folder, 'link');
  symlinkSync(join(folder, 'unplugged', 'library.scholium'), path);
  expect((await expectUntouchedRefusal()).code).toBe('library-unreachable');
});

test('two names of one file are one library', async () => {
  await fill(path);
  const alias = join(folder, 'alias');
  symlinkSync(path, alias);
  const lock = acquireLibraryLock(path);
  expect(acquireLibraryLock(alias).kind).toBe('held');
  const library = await openTestLibrary(alias);
  expect(library.path).toBe(path);
  library.close();
  if (lock.kind === 'owner') lock.release();
});
