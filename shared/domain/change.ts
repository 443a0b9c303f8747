import type { CellId, ClientId, NotebookId, RunId } from './ids.ts';
import type { Run } from './run.ts';

/** What changed, by name; whoever shows it asks for its present form. */
export type Change =
  | { readonly type: 'notebook'; readonly notebookId: NotebookId }
  | { readonly type: 'cell'; readonly notebookId: NotebookId; readonly cellId: CellId }
  | { readonly type: 'cell-removed'; readonly notebookId: NotebookId; readonly cellId: CellId }
  | { readonly type: 'run'; readonly notebookId: NotebookId; readonly cellId: CellId; readonly runId: RunId }
  | { readonly type: 'settings' }
  | { readonly type: 'keys' };

/** One entry of the change feed. */
export interface FeedEntry {
  /** Grows with every change of the library; never reused. */
  readonly seq: number;
  /** Who made it; `null` for the backend itself. */
  readonly clientId: ClientId | null;
  readonly change: Change;
}

export type FeedEvent =
  | { readonly type: 'changes'; readonly entries: readonly FeedEntry[] }
  /** The feed cannot go on from where the client was: load everything again, go on from `seq`. */
  | { readonly type: 'reset'; readonly seq: number };

/**
 * What a watcher of one run receives. `seq` grows with each piece of text and each change of state,
 * phase or headings; give the newest one back to go on from there. A `delta` is to be appended, a
 * `run` replaces everything shown before.
 */
export type RunEvent =
  | {
      readonly type: 'delta';
      readonly seq: number;
      readonly kind: 'thinking' | 'text';
      readonly text: string;
    }
  | {
      readonly type: 'run';
      readonly run: Run;
      readonly seq: number;
      /** Since the request was sent, on the backend's clock; `null` unless the run is running. */
      readonly elapsedMs: number | null;
    };
