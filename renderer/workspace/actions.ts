import { generateKeyBetween } from 'fractional-indexing';
import { failureIn, isConnectionLost } from '#renderer/client/failures.ts';
import type { Connection } from '#renderer/client/connection.ts';
import type { Inputs } from '#shared/contract/index.ts';
import type { Cell, CellKind } from '#shared/domain/cell.ts';
import { AppError } from '#shared/domain/failure.ts';
import { newId } from '#shared/domain/ids.ts';
import type { CellId, ClientId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { ModelChoice } from '#shared/domain/model.ts';
import type { Macros, Notebook } from '#shared/domain/notebook.ts';
import type { Run } from '#shared/domain/run.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import type { CellPatch } from './cell-patch.ts';
import type { Drafts } from './drafts.ts';
import { downloadBase64 } from './download.ts';
import type { LibrarySync } from './library-sync.ts';
import type { NotebookSync } from './notebook-sync.ts';
import { cellBefore } from './open-notebook.ts';
import type { OpenNotebook } from './open-notebook.ts';
import type { PendingInserts } from './pending-inserts.ts';
import type { Toasts } from './toasts.ts';

export interface ProblemKey {
  readonly answerKey: string | null;
  readonly domain: string | null;
}

export interface NotebookChanges {
  readonly title?: string;
  readonly tags?: readonly string[];
  readonly macros?: Macros;
  readonly defaultChoice?: ModelChoice | null;
}

/**
 * Everything a user can ask of the library. Each tells the user itself when it failed, and then
 * resolves to `null` (or `false`); what was typed is kept either way.
 */
export interface Actions {
  openNotebook(notebookId: NotebookId): Promise<void>;
  createNotebook(title?: string): Promise<Notebook | null>;
  updateNotebook(notebookId: NotebookId, changes: NotebookChanges): Promise<Notebook | null>;
  removeNotebook(notebookId: NotebookId): Promise<boolean>;
  restoreNotebook(notebookId: NotebookId): Promise<boolean>;
  importMarkdown(files: readonly File[]): Promise<readonly NotebookId[] | null>;
  /** Makes the PDF and hands it to the browser as a download. */
  exportPdf(notebookId: NotebookId): Promise<boolean>;

  /**
   * A new cell, on the page at once; `afterCellId` `null`: at the top. `null` when no notebook is open.
   * `key` holds what only a problem has.
   */
  insertCell(kind: CellKind, afterCellId: CellId | null, source?: string, key?: ProblemKey): Cell | null;
  /** Changes what is absent from `patch` not at all; shown at once, saved within a second. */
  editCell(cellId: CellId, patch: CellPatch): void;
  moveCell(cellId: CellId, afterCellId: CellId | null): Promise<boolean>;
  /** With a notice that offers to undo it. */
  removeCell(cellId: CellId): Promise<boolean>;
  /** Brings back the cell removed last in this window; `null` when there is none. */
  undoRemoveCell(): Promise<Cell | null>;

  /** Saves the question first: what is run is what is on the screen. */
  startRun(cellId: CellId, choice: ModelChoice): Promise<Run | null>;
  stopRun(runId: RunId): Promise<boolean>;
  /** `null` lets the newest answer stand in front again. */
  pinRun(cellId: CellId, runId: RunId | null): void;
  /** `null` follows the notebook. */
  setChoice(cellId: CellId, choice: ModelChoice | null): void;

  updateSettings(changes: Omit<Inputs['settings']['update'], 'clientId'>): Promise<boolean>;
  setKey(input: Omit<Inputs['keys']['set'], 'clientId'>): Promise<boolean>;
  unlockKeys(passphrase: string): Promise<boolean>;
  removeKey(provider: Inputs['keys']['remove']['provider']): Promise<boolean>;
}

export interface ActionsEdge {
  readonly connection: Connection;
  readonly clientId: ClientId;
  readonly library: LibrarySync;
  readonly notebook: NotebookSync;
  readonly drafts: Drafts;
  readonly inserts: PendingInserts;
  readonly toasts: Toasts;
}

/** Runs `work`; a failure is told to the user and comes back as `null`. */
type Attempt = <Result>(work: () => Promise<Result>) => Promise<Result | null>;

export function createActions(edge: ActionsEdge): Actions {
  const attempt: Attempt = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (isConnectionLost(error)) edge.notebook.distrustOwn();
      edge.toasts.failure(failureIn(error));
      // An expected failure has been said; a bug must also reach the console.
      if (!(error instanceof AppError)) console.error(error);
      return null;
    }
  };
  return {
    ...notebookActions(edge, attempt),
    ...exchangeActions(edge, attempt),
    ...cellActions(edge, attempt),
    ...runActions(edge, attempt),
    ...settingsActions(edge, attempt),
  };
}

type NotebookActions = Pick<
  Actions,
  'openNotebook' | 'createNotebook' | 'updateNotebook' | 'removeNotebook' | 'restoreNotebook'
>;

function notebookActions(edge: ActionsEdge, attempt: Attempt): NotebookActions {
  const { client } = edge.connection;
  const { clientId } = edge;
  const arrived = (notebook: Notebook): Notebook => {
    edge.library.notebookArrived(notebook);
    edge.notebook.notebookArrived(notebook);
    return notebook;
  };
  const known = (notebookId: NotebookId): Notebook | undefined =>
    edge.library.state.getState().notebooks?.find(({ id }) => id === notebookId);
  const update = async (
    { id, revision }: Pick<Notebook, 'id' | 'revision'>,
    changes: NotebookChanges,
  ): Promise<Notebook> => {
    const { tags, ...others } = changes;
    const given = tags ? { ...others, tags: [...tags] } : others;
    return client.notebooks.update({ clientId, notebookId: id, baseRevision: revision, ...given });
  };

  const restore = async (notebookId: NotebookId): Promise<boolean> => {
    const notebook = await attempt(() => client.notebooks.restore({ clientId, notebookId }));
    if (notebook) arrived(notebook);
    return notebook !== null;
  };
  return {
    openNotebook: async (notebookId) => {
      await edge.drafts.flushAll();
      await edge.notebook.open(notebookId);
    },
    createNotebook: async (title = '') => {
      const notebookId = newId<NotebookId>();
      const notebook = await attempt(() => client.notebooks.create({ clientId, notebookId, title }));
      return notebook && arrived(notebook);
    },
    updateNotebook: async (notebookId, changes) => {
      const notebook = await attempt(async () => {
        const before = known(notebookId) ?? (await client.notebooks.open({ notebookId })).notebook;
        try {
          return await update(before, changes);
        } catch (error) {
          if (failureIn(error).code !== 'revision-conflict') throw error;
          // Another window changed the notebook; what is set here is set by a click, and set again.
          const { notebook: present } = await client.notebooks.open({ notebookId });
          return update(present, changes);
        }
      });
      return notebook && arrived(notebook);
    },
    removeNotebook: async (notebookId) => {
      await edge.drafts.flushAll();
      const notebook = await attempt(() => client.notebooks.remove({ clientId, notebookId }));
      if (!notebook) return false;
      arrived(notebook);
      edge.toasts.info(say.library.removed(notebook.title || say.untitled), {
        label: say.library.undo,
        run: () => void restore(notebookId),
      });
      return true;
    },
    restoreNotebook: restore,
  };
}

function exchangeActions(edge: ActionsEdge, attempt: Attempt): Pick<Actions, 'importMarkdown' | 'exportPdf'> {
  const { client } = edge.connection;
  const { clientId } = edge;
  const exportPdf = async (notebookId: NotebookId): Promise<boolean> => {
    edge.toasts.info(say.pdf.making);
    await edge.drafts.flushAll();
    try {
      const { fileName, base64 } = await client.exchange.exportPdf({ notebookId });
      downloadBase64(fileName, base64, 'application/pdf');
      edge.toasts.info(say.pdf.done(fileName));
      return true;
    } catch (error) {
      edge.toasts.failure(failureIn(error), {
        label: say.pdf.tryAgain,
        run: () => void exportPdf(notebookId),
      });
      return false;
    }
  };
  return {
    exportPdf,
    importMarkdown: async (files) => {
      const other = files.find((file) => !/\.(md|markdown)$/i.test(file.name));
      if (other) {
        edge.toasts.info(say.library.notMarkdown(other.name));
        return null;
      }
      const imported = await attempt(async () => {
        const texts = await Promise.all(files.map(readMarkdown));
        return client.exchange.importMarkdown({ clientId, files: texts });
      });
      const first = imported?.[0];
      if (!imported || !first) return null;
      await edge.library.reload();
      edge.toasts.info(say.library.imported(imported.length, first.title || say.untitled));
      return imported.map((notebook) => notebook.notebookId);
    },
  };
}

/** Reads as UTF-8 and refuses anything else, rather than importing question marks. */
async function readMarkdown(file: File): Promise<{ name: string; text: string }> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text.includes('\uFFFD') && !isUtf8(bytes)) {
    throw new AppError({
      code: 'file-not-utf8',
      params: { path: file.name, byteOffset: firstBadByte(bytes) },
    });
  }
  return { name: file.name, text };
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Offset of the first byte that is no UTF-8, found by halving: a prefix of good text is good but for its cut end. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8Prefix(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function isUtf8Prefix(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

type CellActions = Pick<
  Actions,
  'insertCell' | 'editCell' | 'moveCell' | 'removeCell' | 'undoRemoveCell' | 'pinRun' | 'setChoice'
>;

function cellActions(edge: ActionsEdge, attempt: Attempt): CellActions {
  const { client } = edge.connection;
  const { clientId, inserts } = edge;
  const open = (): OpenNotebook | null => {
    const state = edge.notebook.state.getState();
    return state.kind === 'open' ? state.open : null;
  };
  const editCell: Actions['editCell'] = (cellId, patch) => {
    const cell = open()?.cells[cellId];
    if (cell) edge.drafts.edit(cell, patch);
  };
  const removed: CellId[] = [];
  const restore = async (cellId: CellId): Promise<Cell | null> => {
    const cell = await attempt(() => client.cells.restore({ clientId, cellId }));
    if (!cell) return null;
    const index = removed.indexOf(cellId);
    if (index >= 0) removed.splice(index, 1);
    edge.notebook.cellInserted(cell);
    return cell;
  };
  const insert = async (cell: Cell, afterCellId: CellId | null): Promise<void> => {
    const { id: cellId, notebookId, kind, source } = cell;
    const { answerKey, domain } = cell.kind === 'problem' ? cell : { answerKey: null, domain: null };
    const send = (): Promise<Cell> =>
      client.cells.insert({ clientId, notebookId, cellId, afterCellId, kind, source, answerKey, domain });
    try {
      edge.notebook.cellArrived(await inserts.add(cell, send));
    } catch (error) {
      // It stays on the page and is inserted as soon as there is a connection again.
      if (isConnectionLost(error)) return edge.notebook.distrustOwn();
      inserts.drop(cellId);
      edge.notebook.cellGone(cellId);
      edge.toasts.failure(failureIn(error));
    }
  };
  return {
    editCell,
    pinRun: (cellId, runId) => editCell(cellId, { pinnedRunId: runId }),
    setChoice: (cellId, choice) => editCell(cellId, { choice }),
    insertCell: (kind, afterCellId, source = '', key = noKey) => {
      const page = open();
      if (!page) return null;
      const cell = freshCell(page, { kind, source, ...key }, afterCellId);
      edge.notebook.cellInserted(cell);
      void insert(cell, afterCellId);
      return cell;
    },
    moveCell: async (cellId, afterCellId) => {
      const before = open();
      if (!before || cellBefore(before, cellId) === afterCellId) return true;
      const cell = await attempt(async () => {
        await inserts.settled(cellId);
        await edge.drafts.flush(cellId);
        return client.cells.move({ clientId, cellId, afterCellId });
      });
      if (cell) edge.notebook.cellArrived(cell);
      return cell !== null;
    },
    removeCell: async (cellId) => {
      const answer = await attempt(async () => {
        await inserts.settled(cellId);
        await edge.drafts.flush(cellId);
        return client.cells.remove({ clientId, cellId });
      });
      if (!answer) return false;
      edge.notebook.cellGone(cellId);
      removed.push(cellId);
      edge.toasts.info(say.library.cellRemoved, {
        label: say.library.undo,
        run: () => void restore(cellId),
      });
      return true;
    },
    undoRemoveCell: async () => {
      const cellId = removed.at(-1);
      return cellId ? restore(cellId) : null;
    },
  };
}

const noKey: ProblemKey = { answerKey: null, domain: null };

/** A new cell as it will stand in the library, so that it can be typed into at once. */
function freshCell(
  page: OpenNotebook,
  fresh: ProblemKey & { readonly kind: CellKind; readonly source: string },
  afterCellId: CellId | null,
): Cell {
  const index = afterCellId === null ? -1 : page.order.indexOf(afterCellId);
  const keyAt = (position: number): string | null => page.cells[page.order[position] ?? '']?.orderKey ?? null;
  const nowMs = Date.now();
  const common = {
    id: newId<CellId>(),
    notebookId: page.notebook.id,
    orderKey: generateKeyBetween(keyAt(index), keyAt(index + 1)),
    source: fresh.source,
    // Lower than any the library gives: its answer replaces this one.
    revision: -1,
    createdAt: nowMs,
    updatedAt: nowMs,
  };
  if (fresh.kind === 'note') return { ...common, kind: 'note' };
  const { answerKey, domain } = fresh;
  return { ...common, kind: 'problem', answerKey, domain, choice: null, pinnedRunId: null };
}

function runActions(edge: ActionsEdge, attempt: Attempt): Pick<Actions, 'startRun' | 'stopRun'> {
  const { client } = edge.connection;
  const { clientId } = edge;
  return {
    startRun: async (cellId, choice) => {
      await edge.drafts.flush(cellId);
      const save = edge.drafts.state.getState().byCell[cellId]?.save;
      if (save?.kind === 'unsaved') {
        edge.toasts.failure(save.failure);
        return null;
      }
      if (save?.kind === 'conflict') {
        edge.toasts.info(say.save.conflict(1));
        return null;
      }
      const runId = newId<RunId>();
      const run = await attempt(() => client.runs.start({ clientId, runId, cellId, choice }));
      if (run) edge.notebook.runArrived(run);
      return run;
    },
    stopRun: async (runId) => {
      const run = await attempt(() => client.runs.stop({ clientId, runId }));
      if (run) edge.notebook.runArrived(run);
      return run !== null;
    },
  };
}

type SettingsActions = Pick<Actions, 'updateSettings' | 'setKey' | 'unlockKeys' | 'removeKey'>;

function settingsActions(edge: ActionsEdge, attempt: Attempt): SettingsActions {
  const { client } = edge.connection;
  const { clientId } = edge;
  const keysAfter = async (work: () => ReturnType<typeof client.keys.status>): Promise<boolean> => {
    const status = await attempt(() => work());
    if (status) edge.library.keysArrived(status);
    return status !== null;
  };
  return {
    updateSettings: async (changes) => {
      const settings = await attempt(() => client.settings.update({ clientId, ...changes }));
      if (settings) edge.library.settingsArrived(settings);
      return settings !== null;
    },
    setKey: (input) => keysAfter(() => client.keys.set({ clientId, ...input })),
    unlockKeys: (passphrase) => keysAfter(() => client.keys.unlock({ clientId, passphrase })),
    removeKey: (provider) => keysAfter(() => client.keys.remove({ clientId, provider })),
  };
}
