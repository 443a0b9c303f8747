import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { CellId, RunId } from '#shared/domain/ids.ts';
import type { NewCell } from './page-context.ts';

/** What belongs to this window alone and is not saved: where the reader is and what is in hand. */
export interface PageStateValue {
  readonly selectedId: CellId | null;
  /** The selected cell's text is being edited. */
  readonly isEditing: boolean;
  /** Where editing begins, counted from 0; `null`: at the end of the text. */
  readonly caretLine: number | null;
  /** The answer the reader turned to, by cell. */
  readonly chosenRuns: Readonly<Record<string, RunId>>;
  readonly clipboard: NewCell | null;
  /** What screen readers are to hear; a new object is said even when its words are the same. */
  readonly announcement: { readonly text: string } | null;
}

export type PageState = StoreApi<PageStateValue>;

export function createPageState(): PageState {
  return createStore<PageStateValue>(() => ({
    selectedId: null,
    isEditing: false,
    caretLine: null,
    chosenRuns: {},
    clipboard: null,
    announcement: null,
  }));
}
