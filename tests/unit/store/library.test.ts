import { expect, test, vi } from 'vitest';
import { openLibrary } from '#backend/store/index.ts';
import type { Log } from '#backend/logs/log.ts';
import type { FeedEntry } from '#shared/domain/change.ts';
import { brand } from '#shared/domain/ids.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import { createTestClock, openTestLibrary } from '#tests/support/library.ts';
import { silentLog } from '#tests/support/silent-log.ts';

type Listener = (entries: readonly FeedEntry[]) => void;

const settings = { type: 'settings' } as const;
const keys = { type: 'keys' } as const;
const client = brand<ClientId>('window-1');

test('a write is told to listeners only after it is committed', async () => {
  const library = await openTestLibrary();
  const told: (readonly FeedEntry[])[] = [];
  library.feed.subscribe((entries) => {
    expect(library.db.inTransaction).toBe(false);
    told.push(entries);
  });
  library.write(client, (note) => {
    note(settings);
    note(keys);
    expect(told).toEqual([]);
  });
  expect(told).toEqual([
    [
      { seq: 1, clientId: client, change: settings },
      { seq: 2, clientId: client, change: keys },
    ],
  ]);
});

test('a write that throws leaves nothing behind and tells nobody', async () => {
  const library = await openTestLibrary();
  const listener = vi.fn<Listener>();
  library.feed.subscribe(listener);
  const failing = () =>
    library.write(client, (note) => {
      note(settings);
      throw new Error('no');
    });
  expect(failing).toThrow('no');
  expect(listener).not.toHaveBeenCalled();
  expect(library.feed.latestSeq()).toBe(0);
});

test('writes inside a write are committed and told together, and undone alone when they fail', async () => {
  const library = await openTestLibrary();
  const listener = vi.fn<Listener>();
  library.feed.subscribe(listener);
  library.write(client, (note) => {
    note(settings);
    expect(() =>
      library.write(null, (noteInner) => {
        noteInner(keys);
        throw new Error('inner');
      }),
    ).toThrow('inner');
    library.write(null, (noteInner) => noteInner(keys));
    expect(listener).not.toHaveBeenCalled();
  });
  expect(listener.mock.calls).toEqual([
    [
      [
        { seq: 1, clientId: client, change: settings },
        { seq: 2, clientId: null, change: keys },
      ],
    ],
  ]);
  expect(library.feed.since(0)).toEqual(listener.mock.calls[0]?.[0]);
});

test('a listener that throws breaks neither the writer nor other listeners, and is logged', async () => {
  const error = vi.fn<Log['error']>(() => 'ref');
  const library = await openLibrary({
    path: ':memory:',
    log: { ...silentLog, error },
    clock: createTestClock(),
  });
  const other = vi.fn<Listener>();
  library.feed.subscribe(() => {
    throw new Error('listener');
  });
  library.feed.subscribe(other);
  library.write(client, (note) => note(settings));
  expect(other).toHaveBeenCalledOnce();
  expect(error).toHaveBeenCalledOnce();
});

test('a listener that writes does not upset the order others hear', async () => {
  const library = await openTestLibrary();
  const heard: number[] = [];
  library.feed.subscribe((entries) => {
    if (entries[0]?.seq === 1) library.write(null, (note) => note(keys));
  });
  library.feed.subscribe((entries) => heard.push(...entries.map(({ seq }) => seq)));
  library.write(client, (note) => note(settings));
  expect(heard).toEqual([1, 2]);
});

test('who stopped listening hears nothing more', async () => {
  const library = await openTestLibrary();
  const listener = vi.fn<Listener>();
  library.feed.subscribe(listener)();
  library.write(client, (note) => note(settings));
  expect(listener).not.toHaveBeenCalled();
});

test('the feed keeps its last 10,000 entries, goes on from each of them and says when it cannot', async () => {
  const library = await openTestLibrary();
  library.write(client, (note) => {
    for (let count = 0; count < 10_500; count += 1) note(settings);
  });
  expect(library.feed.latestSeq()).toBe(10_500);
  expect(library.feed.since(10_500)).toEqual([]);
  expect(library.feed.since(500)).toHaveLength(10_000);
  expect(library.feed.since(499)).toBeNull();
  expect(library.feed.since(0)).toBeNull();
  // A window that knew a library with a longer past, such as before a backup was restored.
  expect(library.feed.since(10_501)).toBeNull();
});
