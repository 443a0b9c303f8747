import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Cell } from '#shared/domain/cell.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { CellId } from '#shared/domain/ids.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { CellDraft } from './cell-draft.ts';
import type { DraftEdge, DraftSnapshot, SaveState } from './cell-draft.ts';
import type { CellPatch } from './cell-patch.ts';

/** What the status line says about everything this window has changed. */
export type SaveSummary =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'saved'; readonly savedAt: UtcMs }
  | { readonly kind: 'saving' }
  | { readonly kind: 'unsaved'; readonly failure: Failure; readonly cells: number }
  | { readonly kind: 'conflict'; readonly cells: number };

export interface DraftsState {
  readonly byCell: Readonly<Record<string, Omit<DraftSnapshot, 'cell'>>>;
  readonly summary: SaveSummary;
}

/** Every cell this window has changed since it was opened. */
export interface Drafts {
  readonly state: Pick<StoreApi<DraftsState>, 'getState' | 'subscribe'>;
  edit(cell: Cell, patch: CellPatch): void;
  /** A version the library holds; returns the cell as this window should show it. */
  receive(cell: Cell): Cell;
  resume(present: Cell, base: Cell, patch: CellPatch): void;
  flush(cellId: CellId): Promise<void>;
  flushAll(): Promise<void>;
  keepAllUnsaved(): void;
  isSaved(cellId: CellId): boolean;
  keepMine(cellId: CellId): Promise<void>;
  takeTheirs(cellId: CellId): void;
}

export function createDrafts(edge: Omit<DraftEdge, 'changed'> & { show(cell: Cell): void }): Drafts {
  const drafts = new Map<CellId, CellDraft>();
  const state = createStore<DraftsState>(() => ({ byCell: {}, summary: { kind: 'nothing' } }));

  const changed = ({ cell, save, theirs }: DraftSnapshot): void => {
    const byCell = { ...state.getState().byCell, [cell.id]: { save, theirs } };
    state.setState({ byCell, summary: summarize(Object.values(byCell).map((draft) => draft.save)) });
    edge.show(cell);
  };
  const draftOf = (cell: Cell): CellDraft => {
    const known = drafts.get(cell.id);
    if (known) return known;
    const fresh = new CellDraft(cell, { ...edge, changed });
    drafts.set(cell.id, fresh);
    return fresh;
  };

  return {
    state,
    edit: (cell, patch) => draftOf(cell).edit(patch),
    receive: (cell) => {
      const draft = drafts.get(cell.id);
      if (!draft) return cell;
      draft.receive(cell);
      return draft.snapshot().cell;
    },
    resume: (present, base, patch) => draftOf(present).resume(base, patch),
    flush: async (cellId) => drafts.get(cellId)?.flush(),
    flushAll: async () => {
      await Promise.all([...drafts.values()].map((draft) => draft.flush()));
    },
    keepAllUnsaved: () => {
      for (const draft of drafts.values()) draft.keepUnsaved();
    },
    isSaved: (cellId) => drafts.get(cellId)?.isSaved() ?? true,
    keepMine: async (cellId) => drafts.get(cellId)?.keepMine(),
    takeTheirs: (cellId) => drafts.get(cellId)?.takeTheirs(),
  };
}

/** The worst news first: what is not safe is never hidden behind what is. */
export function summarize(saves: readonly SaveState[]): SaveSummary {
  const unsaved = saves.filter((save) => save.kind === 'unsaved');
  const first = unsaved[0];
  if (first) return { kind: 'unsaved', failure: first.failure, cells: unsaved.length };
  const conflicts = saves.filter((save) => save.kind === 'conflict').length;
  if (conflicts > 0) return { kind: 'conflict', cells: conflicts };
  if (saves.some((save) => save.kind === 'saving')) return { kind: 'saving' };
  const times = saves.flatMap((save) =>
    save.kind === 'saved' && save.savedAt !== null ? [save.savedAt] : [],
  );
  return times.length > 0 ? { kind: 'saved', savedAt: Math.max(...times) } : { kind: 'nothing' };
}
