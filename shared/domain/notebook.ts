import type { NotebookId } from './ids.ts';
import type { ModelChoice } from './model.ts';
import type { UtcMs } from './time.ts';

/** KaTeX macros by command name with its backslash: `{"\\RR": "\\mathbb{R}"}`. */
export type Macros = Readonly<Record<string, string>>;

export interface Notebook {
  readonly id: NotebookId;
  readonly title: string;
  readonly tags: readonly string[];
  readonly macros: Macros;
  /** What its problems are run with unless a cell's own choice says otherwise; `null`: the library's default. */
  readonly defaultChoice: ModelChoice | null;
  /** Grows by one with each change of the fields above; the base revision of a write. */
  readonly revision: number;
  /** Present when the fields above no longer match their checksum: shown as found, with a warning. */
  readonly isDamaged?: true;
  readonly createdAt: UtcMs;
  readonly updatedAt: UtcMs;
  /** When it was put into the trash; `null` while it is not there. */
  readonly deletedAt: UtcMs | null;
}
