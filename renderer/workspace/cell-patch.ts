import type { Cell, CellKind } from '#shared/domain/cell.ts';
import type { RunId } from '#shared/domain/ids.ts';
import type { ModelChoice } from '#shared/domain/model.ts';

/** What a window has changed in a cell and the library has not acknowledged yet. */
export interface CellPatch {
  readonly source?: string;
  readonly kind?: CellKind;
  readonly answerKey?: string | null;
  readonly domain?: string | null;
  readonly choice?: ModelChoice | null;
  readonly pinnedRunId?: RunId | null;
}

type Field = keyof CellPatch;

/** Typed by hand: two versions of these cannot be reconciled without asking. */
const typedFields: ReadonlySet<Field> = new Set(['source', 'answerKey']);

export type Merge =
  /** Theirs has everything of ours already. */
  | { readonly kind: 'contained' }
  /** Nobody else touched what we did: ours goes on top of theirs. */
  | { readonly kind: 'rebase'; readonly patch: CellPatch }
  /** The same text was changed on both sides. */
  | { readonly kind: 'conflict' };

/**
 * Three-way merge, field by field: `patch` was made on `base`, and the library now holds `theirs`.
 * Choices made by a click (model, pin, kind) are simply made again; typed text never overwrites typed text.
 */
export function mergePatch(base: Cell, theirs: Cell, patch: CellPatch): Merge {
  let rebased: CellPatch = {};
  for (const field of fieldsOf(patch)) {
    const ours = patch[field];
    if (isSame(ours, fieldOf(theirs, field))) continue;
    const isTouchedByThem = !isSame(fieldOf(base, field), fieldOf(theirs, field));
    if (isTouchedByThem && typedFields.has(field)) return { kind: 'conflict' };
    rebased = { ...rebased, [field]: ours };
  }
  return fieldsOf(rebased).length === 0 ? { kind: 'contained' } : { kind: 'rebase', patch: rebased };
}

/** The cell as this window shows it: the stored one with the patch on top. */
export function applyPatch(cell: Cell, patch: CellPatch): Cell {
  if (fieldsOf(patch).length === 0) return cell;
  const { id, notebookId, orderKey, revision, createdAt, updatedAt } = cell;
  const common = { id, notebookId, orderKey, revision, createdAt, updatedAt };
  const source = patch.source ?? cell.source;
  if ((patch.kind ?? cell.kind) === 'note') return { ...common, source, kind: 'note' };
  const problem = cell.kind === 'problem' ? cell : null;
  return {
    ...common,
    source,
    kind: 'problem',
    answerKey: patch.answerKey === undefined ? (problem?.answerKey ?? null) : patch.answerKey,
    domain: patch.domain === undefined ? (problem?.domain ?? null) : patch.domain,
    choice: patch.choice === undefined ? (problem?.choice ?? null) : patch.choice,
    pinnedRunId: patch.pinnedRunId === undefined ? (problem?.pinnedRunId ?? null) : patch.pinnedRunId,
  };
}

export function isEmptyPatch(patch: CellPatch): boolean {
  return fieldsOf(patch).length === 0;
}

function fieldsOf(patch: CellPatch): Field[] {
  const all: readonly Field[] = ['source', 'kind', 'answerKey', 'domain', 'choice', 'pinnedRunId'];
  return all.filter((field) => patch[field] !== undefined);
}

function fieldOf(cell: Cell, field: Field): unknown {
  switch (field) {
    case 'source':
      return cell.source;
    case 'kind':
      return cell.kind;
    default:
      return cell.kind === 'problem' ? cell[field] : null;
  }
}

function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
