import { generateKeyBetween } from 'fractional-indexing';
import { failureIn, isConnectionLost } from '#renderer/client/failures.ts';
import type { Cell, CellKind } from '#shared/domain/cell.ts';
import { newId } from '#shared/domain/ids.ts';
import type { CellId } from '#shared/domain/ids.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import { cellBefore } from '../open-notebook.ts';
import type { OpenNotebook } from '../open-notebook.ts';
import type { ActionsEdge, Attempt } from './edge.ts';
import type { Actions, ProblemKey } from './index.ts';

type CellActions = Pick<
  Actions,
  | 'insertCell'
  | 'editCell'
  | 'moveCell'
  | 'removeCell'
  | 'undoRemoveCell'
  | 'takeTheirs'
  | 'pinRun'
  | 'setChoice'
>;

export function cellActions(edge: ActionsEdge, attempt: Attempt): CellActions {
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
    const { answerKey, domain } = keyOf(cell);
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
  const insertCell: Actions['insertCell'] = (kind, afterCellId, source = '', key = noKey) => {
    const page = open();
    if (!page) return null;
    const cell = freshCell(page, { kind, source, ...key }, afterCellId);
    edge.notebook.cellInserted(cell);
    void insert(cell, afterCellId);
    return cell;
  };
  const remove = async (cellId: CellId, said: string, undo: string): Promise<boolean> => {
    const answer = await attempt(async () => {
      await inserts.settled(cellId);
      await edge.drafts.flush(cellId);
      return client.cells.remove({ clientId, cellId });
    });
    if (!answer) return false;
    edge.notebook.cellGone(cellId);
    removed.push(cellId);
    edge.toasts.info(said, { label: undo, run: () => void restore(cellId) });
    return true;
  };
  return {
    editCell,
    pinRun: (cellId, runId) => editCell(cellId, { pinnedRunId: runId }),
    setChoice: (cellId, choice) => editCell(cellId, { choice }),
    insertCell,
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
    removeCell: (cellId) => remove(cellId, say.library.cellRemoved, say.library.undo),
    takeTheirs: async (cellId) => {
      const mine = open()?.cells[cellId];
      edge.drafts.takeTheirs(cellId);
      const theirs = open()?.cells[cellId];
      if (!mine || !theirs || isSameText(mine, theirs)) return;
      // A removed cell stays in the library, so the text set aside outlives this window.
      const aside = insertCell(mine.kind, cellId, mine.source, keyOf(mine));
      if (aside) await remove(aside.id, say.library.mineSetAside, say.library.bringMineBack);
    },
    undoRemoveCell: async () => {
      const cellId = removed.at(-1);
      return cellId ? restore(cellId) : null;
    },
  };
}

function keyOf(cell: Cell): ProblemKey {
  return cell.kind === 'problem' ? { answerKey: cell.answerKey, domain: cell.domain } : noKey;
}

function isSameText(one: Cell, other: Cell): boolean {
  return one.source === other.source && keyOf(one).answerKey === keyOf(other).answerKey;
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
