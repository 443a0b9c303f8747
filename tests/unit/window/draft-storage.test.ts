import { describe, expect, test } from 'vitest';
import { createDraftStorage } from '#renderer/workspace/draft-storage.ts';
import { brand } from '#shared/domain/ids.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import { note, notebookId } from './sample-cells.ts';

function browserStorage() {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
    key: (index: number) => [...entries.keys()][index] ?? null,
    get length() {
      return entries.size;
    },
  };
}

const draft = {
  cellId: note('c').id,
  notebookId,
  base: note('c', { source: 'old' }),
  patch: { source: 'typed' },
};

function window(
  storage: ReturnType<typeof browserStorage>,
  name: string,
  living: string[],
  libraryPath = '/a',
) {
  return createDraftStorage({
    storage,
    libraryPath,
    clientId: brand<ClientId>(name),
    livingClients: async () => new Set(living),
    couldNotKeep: () => {
      throw new Error('not expected');
    },
  });
}

describe('text that could not be saved', () => {
  test('is handed to the next window once its own is gone', async () => {
    const storage = browserStorage();
    window(storage, 'one', ['one']).keep(draft);
    const next = window(storage, 'two', ['two']);
    expect(await next.takeOrphans()).toEqual([draft]);
    expect(await next.takeOrphans()).toEqual([]);
  });

  test('is left to its own window while that is open', async () => {
    const storage = browserStorage();
    window(storage, 'one', ['one']).keep(draft);
    expect(await window(storage, 'two', ['one', 'two']).takeOrphans()).toEqual([]);
  });

  test('is offered to windows of the same library alone', async () => {
    const storage = browserStorage();
    window(storage, 'one', ['one'], '/a').keep(draft);
    expect(await window(storage, 'two', ['two'], '/b').takeOrphans()).toEqual([]);
    expect(await window(storage, 'three', ['three'], '/a').takeOrphans()).toHaveLength(1);
  });

  test('is forgotten once it was saved', async () => {
    const storage = browserStorage();
    const own = window(storage, 'one', ['one']);
    own.keep(draft);
    own.forget(draft.cellId);
    expect(storage.entries.size).toBe(0);
  });

  test('a half-written entry is dropped and disturbs nobody', async () => {
    const storage = browserStorage();
    window(storage, 'one', ['one']).keep(draft);
    const [key] = storage.entries.keys();
    storage.entries.set(key ?? '', '{"cellId":');
    expect(await window(storage, 'two', ['two']).takeOrphans()).toEqual([]);
    expect(storage.entries.size).toBe(0);
  });

  test('a browser without room is said, and nothing breaks', () => {
    const said: unknown[] = [];
    const full = {
      ...browserStorage(),
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    const storage = createDraftStorage({
      storage: full,
      libraryPath: '/a',
      clientId: brand<ClientId>('one'),
      livingClients: async () => new Set(),
      couldNotKeep: (error) => said.push(error),
    });
    storage.keep(draft);
    expect(said).toHaveLength(1);
  });
});
