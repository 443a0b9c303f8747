import type { CellId, NotebookId, RunId } from './ids.ts';
import type { ModelChoice } from './model.ts';
import type { UtcMs } from './time.ts';

export const cellKinds = ['note', 'problem'] as const;
export type CellKind = (typeof cellKinds)[number];

interface CellBase {
  readonly id: CellId;
  readonly notebookId: NotebookId;
  /** Fractional index: cells of a notebook are sorted by it, then by id. */
  readonly orderKey: string;
  /** Markdown with LaTeX. */
  readonly source: string;
  /** Grows by one with each change of its content (not of its place); the base revision of a write. */
  readonly revision: number;
  /**
   * Present when the stored cell no longer matches its checksum and no earlier copy of it does: it is
   * shown as found, with a warning, and never run; saving it makes it whole again.
   */
  readonly isDamaged?: true;
  readonly createdAt: UtcMs;
  readonly updatedAt: UtcMs;
}

export interface NoteCell extends CellBase {
  readonly kind: 'note';
}

export interface ProblemCell extends CellBase {
  readonly kind: 'problem';
  /** What a correct answer must equal, never sent to a model; `null` when there is none. */
  readonly answerKey: string | null;
  /** Such as `mechanics`; `null` when none was given. */
  readonly domain: string | null;
  /** The choice made in this cell; `null` follows the notebook. */
  readonly choice: ModelChoice | null;
  /** The run whose answer stays in front; `null` shows the newest. */
  readonly pinnedRunId: RunId | null;
}

export type Cell = NoteCell | ProblemCell;
