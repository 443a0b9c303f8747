import type { CellId, ClientId } from '#shared/domain/ids.ts';
import type { KeptDraft } from './cell-draft.ts';

/** Where unsaved text outlives its window. One entry per library, window and cell. */
export interface DraftStorage {
  keep(draft: KeptDraft): void;
  forget(cellId: CellId): void;
  /** Takes out what windows that are no more left behind; each entry is handed out once. */
  takeOrphans(): Promise<readonly KeptDraft[]>;
}

type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface DraftStorageOptions {
  readonly storage: TextStorage;
  readonly libraryPath: string;
  readonly clientId: ClientId;
  /** The ids of windows that are still open, this one included. */
  livingClients(): Promise<ReadonlySet<string>>;
  /** The browser's storage is full or forbidden; the text is then kept in this window alone. */
  couldNotKeep(error: unknown): void;
}

export function createDraftStorage(options: DraftStorageOptions): DraftStorage {
  const { storage } = options;
  const libraryPrefix = `scholium draft ${JSON.stringify(options.libraryPath)} `;
  const keyOf = (cellId: CellId): string => `${libraryPrefix}${options.clientId} ${cellId}`;
  return {
    keep: (draft) => {
      try {
        storage.setItem(keyOf(draft.cellId), JSON.stringify(draft));
      } catch (error) {
        options.couldNotKeep(error);
      }
    },
    forget: (cellId) => storage.removeItem(keyOf(cellId)),
    takeOrphans: async () => {
      const living = await options.livingClients();
      const orphans: KeptDraft[] = [];
      for (const key of keysOf(storage).filter((name) => name.startsWith(libraryPrefix))) {
        const owner = key.slice(libraryPrefix.length).split(' ')[0] ?? '';
        if (living.has(owner)) continue;
        const draft = readDraft(storage.getItem(key));
        storage.removeItem(key);
        if (draft) orphans.push(draft);
      }
      return orphans;
    },
  };
}

function keysOf(storage: TextStorage): string[] {
  return Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter(
    (key) => key !== null,
  );
}

function readDraft(text: string | null): KeptDraft | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isKeptDraft(value) ? value : null;
  } catch {
    // Half-written by a browser that crashed: there is nothing to offer back.
    return null;
  }
}

function isKeptDraft(value: unknown): value is KeptDraft {
  if (!isRecord(value) || !isRecord(value.patch) || !isRecord(value.base)) return false;
  return (
    typeof value.cellId === 'string' &&
    typeof value.notebookId === 'string' &&
    typeof value.base.revision === 'number' &&
    typeof value.base.source === 'string' &&
    (value.base.kind === 'note' || value.base.kind === 'problem')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Every window holds a lock under its own name; the names still held are the windows still open. */
export async function announceWindow(clientId: ClientId): Promise<void> {
  const name = `${windowLock}${clientId}`;
  await new Promise<void>((held) => {
    // Never resolved: the browser gives the lock up when the window is gone, however it went.
    void navigator.locks.request(name, () => {
      held();
      return new Promise<never>(() => {});
    });
  });
}

export async function livingWindows(): Promise<ReadonlySet<string>> {
  const { held } = await navigator.locks.query();
  const names = (held ?? []).map((lock) => lock.name ?? '');
  return new Set(
    names.filter((name) => name.startsWith(windowLock)).map((name) => name.slice(windowLock.length)),
  );
}

const windowLock = 'scholium window ';
