import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireLibraryLock, openLibrary } from '#backend/store/index.ts';
import { createTestClock, createTestFolder, failureOf } from '#tests/support/library.ts';
import { startChild } from '#tests/support/children.ts';
import { silentLog } from '#tests/support/silent-log.ts';

/** Pairs of fresh processes that start at the same time. */
const startedPairs = Number(process.env['SCHOLIUM_LOCK_PAIRS'] ?? 4);
const racedRounds = 100;
const racer = './lock-racer.ts';

let folder: string;
let removeFolder: () => void;
let path: string;

beforeEach(() => {
  ({ folder, remove: removeFolder } = createTestFolder());
  path = join(folder, 'library.scholium');
});
afterEach(() => removeFolder());

function acquire(at = path) {
  const lock = acquireLibraryLock(at);
  if (lock.kind !== 'owner') throw new Error('The library is held');
  return lock;
}

test('of two processes that race for a library a hundred times, each time exactly one gets it', async () => {
  const children = [await startChild(racer), await startChild(racer)] as const;
  for (let round = 0; round < racedRounds; round += 1) {
    // Alternately a library that was never locked and one that was just released.
    const library = join(folder, `library-${Math.floor(round / 2)}`);
    const outcomes = await Promise.all(children.map((child) => child.ask(`acquire ${library}`)));
    expect(new Set(outcomes)).toEqual(new Set(['held', 'owner']));
    await Promise.all(children.map((child) => child.ask('release')));
  }
  await Promise.all(children.map((child) => child.kill()));
});

test(
  'of two processes that start together exactly one gets the library',
  async () => {
    for (let pair = 0; pair < startedPairs; pair += 1) {
      const children = await Promise.all([startChild(racer), startChild(racer)]);
      const outcomes = await Promise.all(children.map((child) => child.ask(`acquire ${path}`)));
      expect(new Set(outcomes)).toEqual(new Set(['held', 'owner']));
      await Promise.all(children.map((child) => child.kill()));
    }
  },
  startedPairs * 10_000,
);

test("a killed owner's library is acquired at once, and its address is gone", async () => {
  const owner = await startChild(racer);
  expect(await owner.ask(`acquire ${path}`)).toBe('owner');
  await owner.ask('publish');
  expect(acquireLibraryLock(path).kind).toBe('held');
  await owner.kill();
  const lock = acquire();
  expect(readdirSync(folder)).toEqual(['library.scholium.lock']);
  lock.release();
});

test('who comes second learns where the owner is, also when it says so only later', async () => {
  const owner = await startChild(racer);
  await owner.ask(`acquire ${path}`);
  const second = acquireLibraryLock(path);
  if (second.kind !== 'held') throw new Error('Two owners');
  const address = second.address();
  await owner.ask('publish');
  expect(await address).toMatchObject({ token: 'secret' });
  expect(await second.address()).toEqual(await address);
  await owner.kill();
});

test('an owner that does not say where it is in time is reported as busy', async () => {
  const lock = acquire();
  const second = acquireLibraryLock(path, 100);
  if (second.kind !== 'held') throw new Error('Two owners');
  expect(await failureOf(() => second.address())).toEqual({ code: 'library-busy', params: { path } });
  lock.release();
});

test('an address that cannot be read is no address', async () => {
  const lock = acquire();
  writeFileSync(`${path}.attach.json`, '{');
  const second = acquireLibraryLock(path, 100);
  if (second.kind !== 'held') throw new Error('Two owners');
  expect(await failureOf(() => second.address())).toEqual({ code: 'library-busy', params: { path } });
  lock.release();
});

test.runIf(process.platform !== 'win32')('the address may be read by its owner alone', () => {
  const lock = acquire();
  lock.publish({ socketPath: '/tmp/s', token: 't' });
  const attach = `${path}.attach.json`;
  expect(statSync(attach).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(attach, 'utf8'))).toEqual({ socketPath: '/tmp/s', token: 't' });
  lock.release();
});

test('a released library leaves no address behind and can be acquired again', () => {
  const first = acquire();
  first.publish({ socketPath: '/tmp/s', token: 't' });
  first.release();
  first.release();
  expect(readdirSync(folder)).toEqual(['library.scholium.lock']);
  acquire().release();
});

test('a library in memory is never anybody else’s', () => {
  expect(acquireLibraryLock(':memory:').kind).toBe('owner');
  expect(acquireLibraryLock(':memory:').kind).toBe('owner');
});

test('a lock does not keep its owner from the library', async () => {
  const lock = acquire();
  const library = await openLibrary({ path, log: silentLog, clock: createTestClock() });
  library.write(null, (note) => note({ type: 'settings' }));
  expect(library.feed.latestSeq()).toBe(1);
  library.close();
  lock.release();
});

test('what is no library is not locked', async () => {
  writeFileSync(path, 'a letter');
  expect((await failureOf(() => acquireLibraryLock(path))).code).toBe('library-not-sqlite');
  expect(readdirSync(folder)).toEqual(['library.scholium']);
});
