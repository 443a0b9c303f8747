import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { failureIn, isConnectionLost } from '#renderer/client/failures.ts';
import type { Connection } from '#renderer/client/connection.ts';
import type { Cell } from '#shared/domain/cell.ts';
import type { Change, FeedEntry } from '#shared/domain/change.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { CellId, ClientId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Drafts } from './drafts.ts';
import { openedWith, withCell, withoutCell, withRun } from './open-notebook.ts';
import type { NotebookState, OpenNotebook } from './open-notebook.ts';
import type { PendingInserts } from './pending-inserts.ts';

/** The notebook on the page, kept in step with the library. */
export interface NotebookSync {
  readonly state: Pick<StoreApi<NotebookState>, 'getState' | 'subscribe'>;
  open(notebookId: NotebookId): Promise<void>;
  close(): void;
  /** Reads the open notebook again, whole. */
  reload(): Promise<void>;
  apply(entries: readonly FeedEntry[]): void;
  /** From now on own changes are fetched as others' are: the answer to a write was lost. */
  distrustOwn(): void;
  /** A version the library answered with. */
  cellArrived(cell: Cell): void;
  /** A cell that is new on the page; it is selected and typed into before the library knows it. */
  cellInserted(cell: Cell): void;
  cellGone(cellId: CellId): void;
  runArrived(run: Run): void;
  notebookArrived(notebook: OpenNotebook['notebook']): void;
  /** What a draft looks like now. */
  show(cell: Cell): void;
}

export interface NotebookSyncEdge {
  readonly connection: Connection;
  readonly clientId: ClientId;
  readonly inserts: PendingInserts;
  drafts(): Drafts;
  /** Another window removed the cell. */
  goneElsewhere(cellId: CellId): Promise<void>;
  failed(failure: Failure): void;
}

export function createNotebookSync(edge: NotebookSyncEdge): NotebookSync {
  const { client } = edge.connection;
  const state = createStore<NotebookState>(() => ({ kind: 'none' }));
  let wanted: NotebookId | null = null;
  let isOwnTrusted = true;
  let heardSeq = 0;

  const update = (change: (open: OpenNotebook) => OpenNotebook): void => {
    const now = state.getState();
    if (now.kind !== 'open') return;
    const open = change(now.open);
    if (open !== now.open) state.setState({ kind: 'open', open }, true);
  };
  const isOpen = (notebookId: NotebookId): boolean => {
    const now = state.getState();
    return now.kind === 'open' && now.open.notebook.id === notebookId;
  };

  const load = async (notebookId: NotebookId): Promise<void> => {
    try {
      await edge.connection.whenOpen();
      const opened = await client.notebooks.open({ notebookId });
      if (wanted !== notebookId) return;
      // Something changed while this was being read: what was read may be older than what is known.
      if (opened.feedSeq < heardSeq) return await load(notebookId);
      const cells = opened.cells.map((cell) => edge.drafts().receive(cell));
      const open = openedWith({ ...opened, cells });
      const known = new Set(open.order);
      const waiting = edge.inserts.cells().filter((cell) => !known.has(cell.id));
      const shown = waiting.map((cell) => edge.drafts().receive(cell));
      state.setState({ kind: 'open', open: shown.reduce(withCell, open) }, true);
    } catch (error) {
      if (wanted !== notebookId) return;
      // The page that was shown stays; the feed's resumption brings it up to date.
      if (isConnectionLost(error) && isOpen(notebookId)) return;
      state.setState({ kind: 'failed', notebookId, failure: failureIn(error) }, true);
    }
  };

  const refetch = createRefetcher(edge, {
    cell: (cell) => cellArrived(cell),
    run: (run) => update((open) => withRun(open, run)),
    reload: () => (wanted ? load(wanted) : Promise.resolve()),
  });
  const cellArrived = (cell: Cell): void => {
    const shown = edge.drafts().receive(cell);
    update((open) => {
      const former = open.cells[cell.id];
      // Two answers may overtake each other; the older one has nothing to say.
      return former && former.revision > cell.revision ? open : withCell(open, shown);
    });
  };

  return {
    state,
    open: async (notebookId) => {
      wanted = notebookId;
      if (!isOpen(notebookId) && state.getState().kind !== 'open') {
        state.setState({ kind: 'loading', notebookId }, true);
      }
      await load(notebookId);
    },
    close: () => {
      wanted = null;
      state.setState({ kind: 'none' }, true);
    },
    reload: () => (wanted ? load(wanted) : Promise.resolve()),
    apply: (entries) => {
      heardSeq = entries.at(-1)?.seq ?? heardSeq;
      const foreign = entries.filter((entry) => !isOwnTrusted || entry.clientId !== edge.clientId);
      refetch(foreign.map((entry) => entry.change).filter((change) => isAbout(change, wanted)));
    },
    distrustOwn: () => {
      isOwnTrusted = false;
    },
    cellArrived,
    cellInserted: (cell) => update((open) => withCell(open, edge.drafts().receive(cell))),
    cellGone: (cellId) => update((open) => withoutCell(open, cellId)),
    runArrived: (run) => update((open) => withRun(open, run)),
    notebookArrived: (notebook) =>
      update((open) => (open.notebook.id === notebook.id ? { ...open, notebook } : open)),
    show: (cell) => update((open) => (open.cells[cell.id] ? withCell(open, cell) : open)),
  };
}

function isAbout(change: Change, notebookId: NotebookId | null): boolean {
  return 'notebookId' in change && change.notebookId === notebookId;
}

/** Asks for the present form of what changed: each thing once, however often it changed meanwhile. */
function createRefetcher(
  edge: NotebookSyncEdge,
  arrive: {
    cell(cell: Cell): void;
    run(run: Run): void;
    reload(): Promise<void>;
  },
): (changes: readonly Change[]) => void {
  const { client } = edge.connection;
  const fetchCell = async (cellId: CellId): Promise<void> => {
    try {
      arrive.cell(await client.cells.get({ cellId }));
    } catch (error) {
      if (failureIn(error).code !== 'cell-not-found') throw error;
      await edge.goneElsewhere(cellId);
    }
  };
  const fetchRun = async (runId: RunId): Promise<void> => arrive.run(await client.runs.get({ runId }));

  const once = onceAtATime((error) => {
    // After a lost connection the feed tells nothing twice, so the notebook is read again as a whole.
    if (isConnectionLost(error)) void arrive.reload();
    else edge.failed(failureIn(error));
  });
  return (changes) => {
    for (const change of changes) {
      switch (change.type) {
        case 'notebook':
          once('notebook', () => arrive.reload());
          break;
        case 'cell':
        // Asked for like any other: it may have been brought back since.
        case 'cell-removed':
          once(change.cellId, () => fetchCell(change.cellId));
          break;
        case 'run':
          once(change.runId, () => fetchRun(change.runId));
          break;
        case 'settings':
        case 'keys':
          break;
      }
    }
  };
}

/** Runs the work of one name at most once at a time, and once more when it was asked for meanwhile. */
export function onceAtATime(
  failed: (error: unknown) => void,
): (name: string, work: () => Promise<void>) => void {
  const underWay = new Set<string>();
  const askedAgain = new Map<string, () => Promise<void>>();
  const start = (name: string, work: () => Promise<void>): void => {
    if (underWay.has(name)) {
      askedAgain.set(name, work);
      return;
    }
    underWay.add(name);
    work()
      .catch(failed)
      .finally(() => {
        underWay.delete(name);
        const next = askedAgain.get(name);
        askedAgain.delete(name);
        if (next) start(name, next);
      });
  };
  return start;
}
