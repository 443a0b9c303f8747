import { failureIn, isConnectionLost } from '#renderer/client/failures.ts';
import type { Inputs } from '#shared/contract/index.ts';
import type { Cell, CellKind } from '#shared/domain/cell.ts';
import { AppError } from '#shared/domain/failure.ts';
import type { CellId, NotebookId, RunId } from '#shared/domain/ids.ts';
import type { ModelChoice } from '#shared/domain/model.ts';
import type { Macros, Notebook } from '#shared/domain/notebook.ts';
import type { Run } from '#shared/domain/run.ts';
import type { CellPatch } from '../cell-patch.ts';
import { cellActions } from './cell-actions.ts';
import type { ActionsEdge, Attempt } from './edge.ts';
import { exchangeActions } from './exchange-actions.ts';
import { notebookActions } from './notebook-actions.ts';
import { runActions } from './run-actions.ts';
import { settingsActions } from './settings-actions.ts';

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
  /** Ends a conflict with the other window's text; one's own is removed as a cell is, and comes back like one. */
  takeTheirs(cellId: CellId): Promise<void>;
  pinRun(cellId: CellId, runId: RunId | null): void;
  /** `null` follows the notebook. */
  setChoice(cellId: CellId, choice: ModelChoice | null): void;

  updateSettings(changes: Omit<Inputs['settings']['update'], 'clientId'>): Promise<boolean>;
  setKey(input: Omit<Inputs['keys']['set'], 'clientId'>): Promise<boolean>;
  unlockKeys(passphrase: string): Promise<boolean>;
  removeKey(provider: Inputs['keys']['remove']['provider']): Promise<boolean>;
}

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
