import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { failureIn, isConnectionLost } from '#renderer/client/failures.ts';
import type { Connection } from '#renderer/client/connection.ts';
import type { Outputs } from '#shared/contract/index.ts';
import type { Activity } from '#shared/domain/activity.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { FeedEntry } from '#shared/domain/change.ts';
import type { Notebook } from '#shared/domain/notebook.ts';
import type { Settings } from '#shared/domain/settings.ts';
import { onceAtATime } from './notebook-sync.ts';

export type AppInfo = Outputs['app']['info'];
export type KeyStatus = Outputs['keys']['status'];

/** What the window knows of the library as a whole; each part `null` until it was read. */
export interface LibraryState {
  readonly info: AppInfo | null;
  readonly notebooks: readonly Notebook[] | null;
  readonly trash: readonly Notebook[] | null;
  readonly settings: Settings | null;
  readonly keys: KeyStatus | null;
  /** Of this computer's calendar day. */
  readonly activity: Activity | null;
  /** Why the library could not be read at all. */
  readonly failure: Failure | null;
}

export interface LibrarySync {
  readonly state: Pick<StoreApi<LibraryState>, 'getState' | 'subscribe'>;
  reload(): Promise<void>;
  apply(entries: readonly FeedEntry[]): void;
  /** A notebook as the library answered: put where it belongs, in the list or in the trash. */
  notebookArrived(notebook: Notebook): void;
  settingsArrived(settings: Settings): void;
  keysArrived(keys: KeyStatus): void;
}

export function createLibrarySync(edge: {
  readonly connection: Connection;
  failed(failure: Failure): void;
}): LibrarySync {
  const { client } = edge.connection;
  const state = createStore<LibraryState>(() => ({
    info: null,
    notebooks: null,
    trash: null,
    settings: null,
    keys: null,
    activity: null,
    failure: null,
  }));

  const once = onceAtATime((error) => {
    if (!isConnectionLost(error)) edge.failed(failureIn(error));
  });

  const readNotebooks = async (): Promise<void> => {
    const [notebooks, trash] = await Promise.all([client.notebooks.list(), client.notebooks.listTrash()]);
    state.setState({ notebooks, trash });
  };
  const readActivity = async (): Promise<void> => {
    const sinceUtcMs = new Date().setHours(0, 0, 0, 0);
    state.setState({ activity: await client.runs.activity({ sinceUtcMs }) });
  };
  const readKeys = async (): Promise<void> => state.setState({ keys: await client.keys.status() });
  const reload = async (): Promise<void> => {
    try {
      const [info, settings] = await Promise.all([client.app.info(), client.settings.get(), readNotebooks()]);
      state.setState({ info, settings, failure: null });
      // A keyring may take its time; nothing on the page waits for it.
      once('keys', readKeys);
      once('activity', readActivity);
    } catch (error) {
      if (!isConnectionLost(error)) state.setState({ failure: failureIn(error) });
    }
  };

  return {
    state,
    reload,
    apply: (entries) => {
      const types = new Set(entries.map((entry) => entry.change.type));
      if (types.has('notebook')) once('notebooks', readNotebooks);
      if (types.has('run')) once('activity', readActivity);
      if (types.has('settings')) {
        once('settings', async () => state.setState({ settings: await client.settings.get() }));
      }
      if (types.has('keys')) once('keys', readKeys);
    },
    notebookArrived: (notebook) => state.setState((known) => withNotebook(known, notebook)),
    settingsArrived: (settings) => state.setState({ settings }),
    keysArrived: (keys) => state.setState({ keys }),
  };
}

/** Puts a notebook into the list or the trash, by whether it was deleted; known ones keep their place. */
export function withNotebook(
  known: LibraryState,
  notebook: Notebook,
): Pick<LibraryState, 'notebooks' | 'trash'> {
  const isDeleted = notebook.deletedAt !== null;
  return {
    notebooks: placed(known.notebooks, notebook, !isDeleted),
    trash: placed(known.trash, notebook, isDeleted),
  };
}

function placed(
  list: readonly Notebook[] | null,
  notebook: Notebook,
  belongs: boolean,
): readonly Notebook[] | null {
  if (!list) return list;
  if (!belongs) return list.filter(({ id }) => id !== notebook.id);
  const isKnown = list.some(({ id }) => id === notebook.id);
  return isKnown ? list.map((entry) => (entry.id === notebook.id ? notebook : entry)) : [notebook, ...list];
}
