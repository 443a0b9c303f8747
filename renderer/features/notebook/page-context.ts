import { createContext, useContext } from 'react';
import type { CellKind } from '#shared/domain/cell.ts';
import type { CellId } from '#shared/domain/ids.ts';
import type { ModelInfo } from '#shared/domain/model.ts';
import type { Macros } from '#shared/domain/notebook.ts';
import type { PageState } from './page-state.ts';

/** What is on the clipboard, and what a new cell is made of. */
export interface NewCell {
  readonly kind: CellKind;
  readonly source: string;
  readonly answerKey: string | null;
  readonly domain: string | null;
}

/** The page's verbs, shared by keys, buttons and menus. Failures are told by the window, in toasts. */
export interface PageCommands {
  select(cellId: CellId): void;
  /** `line`, counted from 0, is where the caret goes; without it, the end of the text. */
  edit(cellId: CellId, line?: number): void;
  leaveEditing(): void;
  /** An empty cell after the given one (`null`: at the top), ready to be written in. */
  insert(kind: CellKind, afterCellId: CellId | null): void;
  remove(cellId: CellId): Promise<void>;
  undoRemove(): Promise<void>;
  move(cellId: CellId, by: -1 | 1): Promise<void>;
  turnInto(cellId: CellId, kind: CellKind): void;
  copy(cellId: CellId): void;
  cut(cellId: CellId): Promise<void>;
  paste(afterCellId: CellId | null): void;
  /** Runs whatever the answer's state: the user asked for it by name. */
  run(cellId: CellId): Promise<void>;
  /** Shift, Ctrl or Alt with Enter: runs an unanswered or changed question, then goes on as the keys say. */
  runByHabit(cellId: CellId, then: 'next' | 'stay' | 'insert'): Promise<void>;
  runUnanswered(): Promise<void>;
  togglePin(cellId: CellId): void;
}

export interface Page {
  readonly state: PageState;
  readonly commands: PageCommands;
}

export const PageContext = createContext<Page | null>(null);
export const MacrosContext = createContext<Macros>({});
/** OpenAI's models by id, as the catalogue knows them. */
export const CatalogueContext = createContext<ReadonlyMap<string, ModelInfo>>(new Map());

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('usePage is called outside a notebook page');
  return page;
}
