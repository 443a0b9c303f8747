import type { Actions, OpenNotebook } from '#renderer/workspace/index.ts';
import type { Cell, ProblemCell } from '#shared/domain/cell.ts';
import type { CellId } from '#shared/domain/ids.ts';
import type { ModelChoice } from '#shared/domain/model.ts';
import type { Run } from '#shared/domain/run.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { pageWords } from '#shared/messages/page.ts';
import { mayRunByHabit, standingOf } from '../run/answered.ts';
import { orderRuns, shownRun } from '../run/run-order.ts';
import { moveTarget, neighbourOf, selectionAfterRemoval } from './cell-order.ts';
import { effectiveChoice } from './model-choice.ts';
import type { NewCell, PageCommands } from './page-context.ts';
import type { PageState } from './page-state.ts';

type UsedActions = Pick<
  Actions,
  'insertCell' | 'editCell' | 'moveCell' | 'removeCell' | 'undoRemoveCell' | 'startRun' | 'pinRun'
>;

export interface CommandEdge {
  readonly state: PageState;
  readonly actions: UsedActions;
  /** The notebook as the page shows it now. */
  open(): OpenNotebook | null;
  libraryChoice(): ModelChoice | null;
  /** Saves at once what waits in a cell. */
  flush(cellId: CellId): void;
  /** A short message that goes away by itself. */
  tell(text: string): void;
  /** Puts text on the system's clipboard, where that is allowed. */
  copyText(text: string): void;
}

/** Every verb of the page in one place: keys, buttons and menus all end here. */
export function createPageCommands(edge: CommandEdge): PageCommands {
  const moves = selectionCommands(edge);
  const runs = runCommands(edge, moves);
  return { ...moves, ...cellCommands(edge, moves), ...runs };
}

type Selection = Pick<PageCommands, 'select' | 'edit' | 'leaveEditing'>;

function selectionCommands({ state, flush }: CommandEdge): Selection {
  const leaveEditing = (): void => {
    const { selectedId, isEditing } = state.getState();
    if (!isEditing) return;
    state.setState({ isEditing: false });
    if (selectedId) flush(selectedId);
  };
  const select = (cellId: CellId): void => {
    if (state.getState().selectedId === cellId) return;
    leaveEditing();
    state.setState({ selectedId: cellId });
  };
  const edit = (cellId: CellId, line?: number): void => {
    select(cellId);
    state.setState({ isEditing: true, caretLine: line ?? null });
  };
  return { select, edit, leaveEditing };
}

type CellCommands = Pick<
  PageCommands,
  'insert' | 'remove' | 'undoRemove' | 'move' | 'turnInto' | 'copy' | 'cut' | 'paste'
>;

function cellCommands(edge: CommandEdge, { select, edit, leaveEditing }: Selection): CellCommands {
  const { state, actions } = edge;
  const copy = (cellId: CellId): void => {
    const cell = edge.open()?.cells[cellId];
    if (!cell) return;
    state.setState({ clipboard: newCellFrom(cell) });
    edge.copyText(cell.source);
  };
  const remove = async (cellId: CellId): Promise<void> => {
    const selectedId = selectionAfterRemoval(cellsInOrder(edge), cellId);
    leaveEditing();
    if (await actions.removeCell(cellId)) state.setState({ selectedId });
  };
  return {
    insert: (kind, afterCellId) => {
      leaveEditing();
      const cell = actions.insertCell(kind, afterCellId);
      if (cell) edit(cell.id);
    },
    remove,
    undoRemove: async () => {
      const cell = await actions.undoRemoveCell();
      if (cell) select(cell.id);
    },
    move: async (cellId, by) => {
      const target = moveTarget(cellsInOrder(edge), cellId, by);
      if (target !== undefined) await actions.moveCell(cellId, target);
    },
    turnInto: (cellId, kind) => {
      if (edge.open()?.cells[cellId]?.kind !== kind) actions.editCell(cellId, { kind });
    },
    copy,
    cut: async (cellId) => {
      copy(cellId);
      await remove(cellId);
    },
    paste: (afterCellId) => {
      const { clipboard } = state.getState();
      if (!clipboard) return edge.tell(pageWords.nothingToPaste);
      const { kind, source, answerKey, domain } = clipboard;
      const cell = actions.insertCell(kind, afterCellId, source, { answerKey, domain });
      if (cell) select(cell.id);
    },
  };
}

type RunCommands = Pick<PageCommands, 'run' | 'runByHabit' | 'runUnanswered' | 'togglePin'>;

function runCommands(edge: CommandEdge, { select, edit, leaveEditing }: Selection): RunCommands {
  const { state, actions } = edge;
  const run = async (cellId: CellId): Promise<void> => {
    const cell = problemOf(edge, cellId);
    const choice = cell && choiceOf(edge, cell);
    if (!cell || !choice || standingOf(cell.source, runsOf(edge, cellId)) === 'under-way') return;
    // The answer that comes is the one to look at, unless one is pinned in front of it.
    const { [cellId]: _former, ...chosenRuns } = state.getState().chosenRuns;
    state.setState({ chosenRuns });
    await actions.startRun(cellId, choice);
  };
  const runIfOpen = async (cellId: CellId): Promise<void> => {
    const cell = problemOf(edge, cellId);
    if (cell && !cell.isDamaged && mayRunByHabit(cell.source, runsOf(edge, cellId))) await run(cellId);
  };
  return {
    run,
    runByHabit: async (cellId, then) => {
      // The answer is started first but not waited for: the fingers are already elsewhere.
      const started = runIfOpen(cellId);
      leaveEditing();
      if (then === 'next') {
        const next = neighbourOf(cellsInOrder(edge), cellId, 1);
        if (next) select(next);
      }
      if (then === 'insert') {
        const cell = actions.insertCell('note', cellId);
        if (cell) edit(cell.id);
      }
      await started;
    },
    runUnanswered: async () => {
      leaveEditing();
      await Promise.all(cellsInOrder(edge).map((cell) => runIfOpen(cell.id)));
    },
    togglePin: (cellId) => {
      const cell = problemOf(edge, cellId);
      if (!cell) return;
      const ordered = orderRuns(runsOf(edge, cellId), cell.pinnedRunId);
      const shown = shownRun(ordered, state.getState().chosenRuns[cellId] ?? null);
      if (!shown || !hasEnded(shown)) return;
      actions.pinRun(cellId, shown.id === cell.pinnedRunId ? null : shown.id);
    },
  };
}

export function cellsInOrder(edge: Pick<CommandEdge, 'open'>): readonly Cell[] {
  const open = edge.open();
  return open ? open.order.flatMap((id) => open.cells[id] ?? []) : [];
}

function runsOf(edge: CommandEdge, cellId: CellId): readonly Run[] {
  const open = edge.open();
  return open?.runsByCell[cellId]?.flatMap((id) => open.runs[id] ?? []) ?? [];
}

function problemOf(edge: CommandEdge, cellId: CellId): ProblemCell | null {
  const cell = edge.open()?.cells[cellId];
  return cell?.kind === 'problem' ? cell : null;
}

function choiceOf(edge: CommandEdge, cell: ProblemCell): ModelChoice | null {
  const open = edge.open();
  const libraryChoice = edge.libraryChoice();
  return open && libraryChoice && effectiveChoice(cell, open.notebook, libraryChoice);
}

function newCellFrom(cell: Cell): NewCell {
  const { kind, source } = cell;
  return cell.kind === 'problem'
    ? { kind, source, answerKey: cell.answerKey, domain: cell.domain }
    : { kind, source, answerKey: null, domain: null };
}
