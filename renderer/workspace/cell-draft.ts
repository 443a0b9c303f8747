import { failureIn } from '#renderer/client/failures.ts';
import type { Scheduler } from '#renderer/client/scheduler.ts';
import type { Cell } from '#shared/domain/cell.ts';
import type { Failure, FailureCode } from '#shared/domain/failure.ts';
import type { CellId, NotebookId } from '#shared/domain/ids.ts';
import type { UtcMs } from '#shared/domain/time.ts';
import { applyPatch, isEmptyPatch, mergePatch } from './cell-patch.ts';
import type { CellPatch } from './cell-patch.ts';

export type SaveState =
  /** Nothing of this cell waits to be saved. `savedAt` is when the library last acknowledged a save from here. */
  | { readonly kind: 'saved'; readonly savedAt: UtcMs | null }
  /** Typed a moment ago, or on its way. */
  | { readonly kind: 'saving' }
  /** Kept in this window and in the browser's storage; tried again. */
  | { readonly kind: 'unsaved'; readonly failure: Failure }
  /** Changed here and in another window: the user decides. */
  | { readonly kind: 'conflict' };

export interface DraftSnapshot {
  /** The cell as this window shows it. */
  readonly cell: Cell;
  readonly save: SaveState;
  /** What the library holds instead, while `save` is `conflict`. */
  readonly theirs: Cell | null;
}

/** What would be lost with the window: enough to offer the text back. */
export interface KeptDraft {
  readonly cellId: CellId;
  readonly notebookId: NotebookId;
  readonly base: Cell;
  readonly patch: CellPatch;
}

export interface DraftEdge {
  readonly scheduler: Scheduler;
  save(cellId: CellId, baseRevision: number, patch: CellPatch): Promise<Cell>;
  fetch(cellId: CellId): Promise<Cell>;
  /** Keeps what is not acknowledged where a crash of the window cannot reach it. */
  keep(draft: KeptDraft): void;
  forget(cellId: CellId): void;
  changed(snapshot: DraftSnapshot): void;
}

/** With the way to the disk, this keeps "saved" within 300 ms of the last key. */
const quietMs = 200;
/** And within a second while the typing goes on. */
const longestWaitMs = 800;
const retryMs = 5_000;
/** Trying again would only be refused again. */
const finalRefusals: ReadonlySet<FailureCode> = new Set(['cell-not-found', 'text-too-long', 'bad-request']);

/** One cell's way from the fingers to the library: one save at a time, nothing forgotten before it is acknowledged. */
export class CellDraft {
  readonly #edge: DraftEdge;
  /** As the library last acknowledged it. */
  #base: Cell;
  #patch: CellPatch = {};
  #sending: { readonly patch: CellPatch; readonly done: Promise<void> } | null = null;
  #theirs: Cell | null = null;
  #newest: Cell | null = null;
  #failure: Failure | null = null;
  #savedAt: UtcMs | null = null;
  #waitingSinceMs: number | null = null;
  #callOff: (() => void) | null = null;

  constructor(base: Cell, edge: DraftEdge) {
    this.#base = base;
    this.#edge = edge;
  }

  snapshot(): DraftSnapshot {
    const patch = { ...this.#sending?.patch, ...this.#patch };
    return { cell: applyPatch(this.#base, patch), save: this.#saveState(), theirs: this.#theirs };
  }

  /** Changes the cell as shown; it is saved within a second. */
  edit(patch: CellPatch): void {
    this.#patch = { ...this.#patch, ...patch };
    if (this.#theirs || this.#failure) this.#keep();
    if (!this.#theirs) this.#schedule();
    this.#tell();
  }

  /** Sends at once what waits; resolves when nothing is on its way any more, saved or not. */
  async flush(): Promise<void> {
    this.#stopWaiting();
    if (this.#sending) {
      await this.#sending.done;
      return this.flush();
    }
    if (isEmptyPatch(this.#patch) || this.#theirs) return;
    const patch = this.#patch;
    const done = this.#send(patch);
    await done;
    // Typed while that was on its way, and saved well: goes on. After a failure the next try is due later.
    if (!this.#failure && !isEmptyPatch(this.#patch)) return this.flush();
  }

  /** Keeps what is not acknowledged where it outlives the window. For the moment before a page goes away. */
  keepUnsaved(): void {
    if (!this.isSaved()) this.#keep();
  }

  isSaved(): boolean {
    return isEmptyPatch(this.#patch) && this.#sending === null;
  }

  /** The library holds this version now (someone else's, or the answer to another call of ours). */
  receive(cell: Cell): void {
    this.#takePlace(cell);
    if (this.#newest && cell.revision <= this.#newest.revision) return;
    if (cell.revision <= this.#base.revision) return;
    this.#newest = cell;
    if (!this.#sending) this.#reconcile(cell);
  }

  /** Our text goes on top of theirs, which stays in the cell's history. */
  keepMine(): Promise<void> {
    if (!this.#theirs) return Promise.resolve();
    this.#base = this.#theirs;
    this.#theirs = null;
    return this.flush();
  }

  takeTheirs(): void {
    if (!this.#theirs) return;
    const { source: _source, answerKey: _answerKey, ...clicked } = this.#patch;
    this.#base = this.#theirs;
    this.#theirs = null;
    this.#patch = clicked;
    this.#settle();
  }

  /** Takes up again what an earlier window could not save. */
  resume(base: Cell, patch: CellPatch): void {
    const present = this.#base;
    this.#base = base;
    this.#patch = { ...patch, ...this.#patch };
    this.#reconcile(present);
  }

  /** A move leaves the revision as it is, so its date tells whether this place is the newer one. */
  #takePlace({ revision, updatedAt, orderKey }: Cell): void {
    if (revision < this.#base.revision || updatedAt < this.#base.updatedAt) return;
    this.#base = { ...this.#base, orderKey, updatedAt };
  }

  #saveState(): SaveState {
    if (this.#theirs) return { kind: 'conflict' };
    if (this.#failure) return { kind: 'unsaved', failure: this.#failure };
    if (!this.isSaved()) return { kind: 'saving' };
    return { kind: 'saved', savedAt: this.#savedAt };
  }

  #schedule(): void {
    const { scheduler } = this.#edge;
    this.#waitingSinceMs ??= scheduler.nowMs();
    const leftMs = longestWaitMs - (scheduler.nowMs() - this.#waitingSinceMs);
    this.#callOff?.();
    this.#callOff = scheduler.after(Math.max(0, Math.min(quietMs, leftMs)), () => void this.flush());
  }

  #stopWaiting(): void {
    this.#callOff?.();
    this.#callOff = null;
    this.#waitingSinceMs = null;
  }

  #send(patch: CellPatch): Promise<void> {
    this.#patch = {};
    const done = this.#edge.save(this.#base.id, this.#base.revision, patch).then(
      (saved) => this.#acknowledged(saved),
      (error: unknown) => this.#failed(patch, error),
    );
    this.#sending = { patch, done };
    this.#keep();
    this.#tell();
    return done;
  }

  #acknowledged(saved: Cell): void {
    this.#sending = null;
    this.#failure = null;
    this.#base = saved;
    this.#savedAt = this.#edge.scheduler.utcMs();
    if (this.#newest && this.#newest.revision > saved.revision) this.#reconcile(this.#newest);
    else this.#settle();
  }

  async #failed(patch: CellPatch, error: unknown): Promise<void> {
    let reason = failureIn(error);
    let theirs: Cell | null = null;
    if (reason.code === 'revision-conflict') {
      try {
        theirs = await this.#edge.fetch(this.#base.id);
      } catch (fetchError) {
        reason = failureIn(fetchError);
      }
    }
    this.#patch = { ...patch, ...this.#patch };
    this.#sending = null;
    if (theirs) return this.#reconcile(theirs);
    this.#failure = reason;
    this.#keep();
    this.#tell();
    const isWaitingForLink = reason.code === 'connection-lost';
    if (isWaitingForLink || finalRefusals.has(reason.code)) return;
    this.#callOff?.();
    this.#callOff = this.#edge.scheduler.after(retryMs, () => void this.flush());
  }

  #reconcile(theirs: Cell): void {
    const merge = mergePatch(this.#base, theirs, this.#patch);
    switch (merge.kind) {
      case 'conflict':
        this.#theirs = theirs;
        this.#stopWaiting();
        this.#keep();
        return this.#tell();
      case 'contained':
        this.#patch = {};
        break;
      case 'rebase':
        this.#patch = merge.patch;
        break;
    }
    this.#theirs = null;
    this.#base = theirs;
    this.#settle();
  }

  /** After the base changed: what is left is sent, and what is not left is forgotten. */
  #settle(): void {
    if (isEmptyPatch(this.#patch)) {
      this.#failure = null;
      this.#stopWaiting();
      this.#edge.forget(this.#base.id);
    } else if (!this.#callOff) {
      this.#schedule();
    }
    this.#tell();
  }

  #keep(): void {
    const { id: cellId, notebookId } = this.#base;
    const patch = { ...this.#sending?.patch, ...this.#patch };
    this.#edge.keep({ cellId, notebookId, base: this.#base, patch });
  }

  #tell(): void {
    this.#edge.changed(this.snapshot());
  }
}
