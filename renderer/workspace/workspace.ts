import { failureIn } from '#renderer/client/failures.ts';
import { followChanges } from '#renderer/client/follow-changes.ts';
import type { Connection } from '#renderer/client/connection.ts';
import type { Scheduler } from '#renderer/client/scheduler.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import { createActions } from './actions/index.ts';
import type { Actions } from './actions/index.ts';
import { createDraftStorage } from './draft-storage.ts';
import type { DraftStorage, DraftStorageOptions } from './draft-storage.ts';
import { createDrafts } from './drafts.ts';
import type { Drafts } from './drafts.ts';
import { createLibrarySync } from './library-sync.ts';
import type { LibrarySync } from './library-sync.ts';
import { createLiveRuns } from './live-runs.ts';
import type { LiveRuns } from './live-runs.ts';
import { createNotebookSync } from './notebook-sync.ts';
import type { NotebookSync } from './notebook-sync.ts';
import { createPendingInserts } from './pending-inserts.ts';
import { recoverDrafts } from './recover-drafts.ts';
import { createToasts } from './toasts.ts';
import type { Toasts } from './toasts.ts';

/** Everything one window knows and can do. Views reach it through the hooks in `hooks.ts`. */
export interface Workspace {
  readonly clientId: ClientId;
  readonly connection: Connection;
  readonly library: LibrarySync;
  readonly notebook: NotebookSync;
  readonly drafts: Drafts;
  readonly runs: LiveRuns;
  readonly toasts: Toasts;
  readonly actions: Actions;
  /** Ends every watch; nothing in the library is touched. */
  close(): void;
}

export interface WorkspaceOptions {
  readonly connection: Connection;
  readonly clientId: ClientId;
  readonly scheduler: Scheduler;
  readonly storage: DraftStorageOptions['storage'];
  livingClients(): Promise<ReadonlySet<string>>;
}

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { connection, clientId, scheduler } = options;
  const toasts = createToasts();
  const failed = toasts.failure;
  const library = createLibrarySync({ connection, failed });
  const inserts = createPendingInserts();
  const notebook: NotebookSync = createNotebookSync({
    connection,
    clientId,
    failed,
    inserts,
    drafts: () => drafts,
    goneElsewhere: async (cellId) => {
      if (drafts.isSaved(cellId)) return notebook.cellGone(cellId);
      // Removed elsewhere while it was written in here: what is being typed outweighs the removal.
      notebook.cellInserted(await connection.client.cells.restore({ clientId, cellId }));
      toasts.info(say.save.broughtBack);
    },
  });

  let draftStorage: DraftStorage | null = null;
  const drafts: Drafts = createDrafts({
    scheduler,
    save: async (cellId, baseRevision, patch) => {
      const inserted = await inserts.settled(cellId);
      const base = inserted?.revision ?? baseRevision;
      return connection.client.cells.save({ clientId, cellId, baseRevision: base, ...patch });
    },
    fetch: (cellId) => connection.client.cells.get({ cellId }),
    keep: (draft) => draftStorage?.keep(draft),
    forget: (cellId) => draftStorage?.forget(cellId),
    show: (cell) => notebook.show(cell),
  });
  const runs = createLiveRuns({ connection, scheduler, failed, changed: notebook.runArrived });
  const actions = createActions({ connection, clientId, library, notebook, drafts, inserts, toasts });
  const stop = new AbortController();

  const recover = async (libraryPath: string): Promise<void> => {
    draftStorage = createDraftStorage({
      storage: options.storage,
      libraryPath,
      clientId,
      livingClients: options.livingClients,
      couldNotKeep: () => toasts.info(say.save.storageFull),
    });
    await recoverDrafts(await draftStorage.takeOrphans(), { connection, drafts, toasts });
  };
  const opened = async (): Promise<void> => {
    await library.reload();
    const { info } = library.state.getState();
    if (info && !draftStorage) await recover(info.libraryPath);
    await inserts.retryAll();
    await drafts.flushAll();
  };

  const runOpened = (): void => void opened().catch((error: unknown) => failed(failureIn(error)));
  const isLoaded = (): boolean => library.state.getState().info !== null;
  const unsubscribe = connection.state.subscribe((state) => {
    // The first load waits for the feed, which says from where on it will tell of changes.
    if (state.kind === 'open' && isLoaded()) runOpened();
    if (state.kind !== 'open') notebook.distrustOwn();
  });
  void followChanges(
    connection,
    {
      changed: (entries) => {
        library.apply(entries);
        notebook.apply(entries);
      },
      reset: () => {
        runOpened();
        void notebook.reload();
      },
      broke: (error) => {
        failed(failureIn(error));
        // What can be shown without a feed is shown, or why nothing can.
        if (!isLoaded()) runOpened();
      },
    },
    scheduler,
    stop.signal,
  );

  return {
    clientId,
    connection,
    library,
    notebook,
    drafts,
    runs,
    toasts,
    actions,
    close: () => {
      stop.abort();
      unsubscribe();
      connection.close();
    },
  };
}
