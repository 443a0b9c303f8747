import type { CellKind } from './cell.ts';
import type { Macros } from './notebook.ts';

/** A cell on its way into a library. */
export interface CellDraft {
  readonly kind: CellKind;
  readonly source: string;
  /** `null` when there is none; always so for a note. */
  readonly answerKey: string | null;
  readonly domain: string | null;
}

/** A notebook on its way into a library: read from a file, or shipped with Scholium. */
export interface NotebookDraft {
  readonly title: string;
  readonly tags: readonly string[];
  readonly macros: Macros;
  /** In order. */
  readonly cells: readonly CellDraft[];
}
