import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ConnectionState } from '#renderer/client/connection.ts';
import type { Cell } from '#shared/domain/cell.ts';
import type { CellId, RunId } from '#shared/domain/ids.ts';
import { hasEnded } from '#shared/domain/run.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Actions } from './actions/index.ts';
import type { SaveState } from './cell-draft.ts';
import type { CellPatch } from './cell-patch.ts';
import type { SaveSummary } from './drafts.ts';
import type { LibraryState } from './library-sync.ts';
import type { NotebookState, OpenNotebook } from './open-notebook.ts';
import type { Workspace } from './workspace.ts';

const WorkspaceContext = createContext<Workspace | null>(null);
export const WorkspaceProvider = WorkspaceContext.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace is called outside a WorkspaceProvider');
  return workspace;
}

export function useActions(): Actions {
  return useWorkspace().actions;
}

export function useConnectionState(): ConnectionState {
  return useReadonlyStore(useWorkspace().connection.state, identity);
}

/** A part of what is known of the library as a whole; `select` must return a stored value, not a new one. */
export function useLibrary<Part>(select: (state: LibraryState) => Part): Part {
  return useReadonlyStore(useWorkspace().library.state, select);
}

export function useNotebookState(): NotebookState {
  return useReadonlyStore(useWorkspace().notebook.state, identity);
}

/** A part of the notebook on the page; `undefined` while none is open. */
export function useOpenNotebook<Part>(select: (open: OpenNotebook) => Part): Part | undefined {
  return useReadonlyStore(useWorkspace().notebook.state, (state) =>
    state.kind === 'open' ? select(state.open) : undefined,
  );
}

/** The cell as this window shows it: typed and chosen but unsaved changes included. */
export function useCell(cellId: CellId): Cell | undefined {
  return useOpenNotebook((open) => open.cells[cellId]);
}

const noCells: readonly CellId[] = [];
const noRuns: readonly RunId[] = [];

export function useCellIds(): readonly CellId[] {
  return useOpenNotebook((open) => open.order) ?? noCells;
}

/** Newest first. */
export function useRunIds(cellId: CellId): readonly RunId[] {
  return useOpenNotebook((open) => open.runsByCell[cellId]) ?? noRuns;
}

export interface CellDraftHandle {
  /** The cell as this window shows it. */
  readonly cell: Cell;
  readonly save: SaveState;
  /** What another window saved instead, while `save.kind` is `conflict`. */
  readonly theirs: Cell | null;
  edit(patch: CellPatch): void;
  /** Saves at once what waits: on blur, on a change of cell. */
  flush(): void;
  keepMine(): void;
  /** Mine goes where removed cells go, and can be brought back. */
  takeTheirs(): void;
}

const neverSaved: SaveState = { kind: 'saved', savedAt: null };

/** The way of one cell's text to the library; `null` when the cell is not on the page. */
export function useCellDraft(cellId: CellId): CellDraftHandle | null {
  const { actions, drafts } = useWorkspace();
  const cell = useCell(cellId);
  const draft = useReadonlyStore(drafts.state, (state) => state.byCell[cellId]);
  return useMemo(
    () =>
      cell
        ? {
            cell,
            save: draft?.save ?? neverSaved,
            theirs: draft?.theirs ?? null,
            edit: (patch) => actions.editCell(cellId, patch),
            flush: () => void drafts.flush(cellId),
            keepMine: () => void drafts.keepMine(cellId),
            takeTheirs: () => void actions.takeTheirs(cellId),
          }
        : null,
    [actions, cell, cellId, draft, drafts],
  );
}

export function useSaveSummary(): SaveSummary {
  return useReadonlyStore(useWorkspace().drafts.state, (state) => state.summary);
}

export interface ShownRun {
  readonly run: Run;
  /** What arrived so far, ahead of `run.answer` while it runs. */
  readonly answer: string;
  readonly thinking: string;
}

/** A run as it is now: watched while it is queued or running. `null` when it is not of this notebook. */
export function useRun(runId: RunId): ShownRun | null {
  const { runs } = useWorkspace();
  const run = useOpenNotebook((open) => open.runs[runId]);
  const isUnderWay = run !== undefined && !hasEnded(run);
  const live = useLive(runId, isUnderWay, runs.get);
  return useMemo(() => {
    if (!run) return null;
    if (!isUnderWay || !live) return { run, answer: run.answer, thinking: run.thinking };
    return { run: live.run, answer: live.answer, thinking: live.thinking };
  }, [run, isUnderWay, live]);
}

/**
 * Milliseconds since a running run's request was sent, by the backend's clock, ticking every `everyMs`;
 * `null` while it is queued, before the backend told, and once it ended.
 */
export function useElapsedMs(runId: RunId, everyMs = 100): number | null {
  const { runs } = useWorkspace();
  const run = useOpenNotebook((open) => open.runs[runId]);
  const isUnderWay = run !== undefined && !hasEnded(run);
  const elapsed = useLive(runId, isUnderWay, (id) => runs.get(id)?.elapsed);
  const [nowMs, setNowMs] = useState(() => performance.now());
  // Out of touch nobody knows whether it still runs: the time stands still.
  const isInTouch = useConnectionState().kind === 'open';
  useEffect(() => {
    if (!elapsed || !isInTouch) return undefined;
    const timer = setInterval(() => setNowMs(performance.now()), everyMs);
    return () => clearInterval(timer);
  }, [elapsed, everyMs, isInTouch]);
  if (!elapsed) return null;
  return elapsed.elapsedMs + Math.max(0, nowMs - elapsed.heardAtMs);
}

function useLive<Part>(runId: RunId, isUnderWay: boolean, get: (runId: RunId) => Part): Part {
  const { runs } = useWorkspace();
  const subscribe = useCallback(
    (listener: () => void) => (isUnderWay ? runs.listen(runId, listener) : () => {}),
    [isUnderWay, runId, runs],
  );
  return useSyncExternalStore(subscribe, () => get(runId));
}

interface ReadonlyStore<State> {
  getState(): State;
  subscribe(listener: (state: State, former: State) => void): () => void;
}

function useReadonlyStore<State, Part>(store: ReadonlyStore<State>, select: (state: State) => Part): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

const identity = <Value>(value: Value): Value => value;
