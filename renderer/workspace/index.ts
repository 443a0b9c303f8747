export type { Actions, NotebookChanges, ProblemKey } from './actions/index.ts';
export type { SaveState } from './cell-draft.ts';
export type { CellPatch } from './cell-patch.ts';
export { announceWindow, livingWindows } from './draft-storage.ts';
export type { SaveSummary } from './drafts.ts';
export {
  useActions,
  useCell,
  useCellDraft,
  useCellIds,
  useConnectionState,
  useElapsedMs,
  useLibrary,
  useNotebookState,
  useOpenNotebook,
  useRun,
  useRunIds,
  useSaveSummary,
  useWorkspace,
  WorkspaceProvider,
} from './hooks.ts';
export type { CellDraftHandle, ShownRun } from './hooks.ts';
export type { AppInfo, KeyStatus, LibraryState } from './library-sync.ts';
export { cellBefore } from './open-notebook.ts';
export type { NotebookState, OpenNotebook } from './open-notebook.ts';
export type { Toast, Toasts } from './toasts.ts';
export { createWorkspace } from './workspace.ts';
export type { Workspace } from './workspace.ts';
