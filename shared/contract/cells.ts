import { z } from 'zod';
import { cellKinds } from '../domain/cell.ts';
import { procedure } from './base.ts';
import { cell, cellId, limits, modelChoice, notebookId, revision, runId, source, write } from './schemas.ts';

export const cells = {
  get: procedure.input(z.object({ cellId })).output(cell),
  /** The client chooses the id, so that a repeated call inserts once. */
  insert: procedure
    .input(
      write.extend({
        notebookId,
        cellId,
        /** `null`: at the top. */
        afterCellId: cellId.nullable(),
        kind: z.enum(cellKinds),
        source,
        answerKey: source.nullable().default(null),
        domain: z.string().max(limits.domainChars).nullable().default(null),
      }),
    )
    .output(cell),
  /** Refused with `revision-conflict` when the cell is not at `baseRevision`. What is absent stays as it is. */
  save: procedure
    .input(
      write.extend({
        cellId,
        baseRevision: revision,
        source: source.optional(),
        kind: z.enum(cellKinds).optional(),
        answerKey: source.nullable().optional(),
        domain: z.string().max(limits.domainChars).nullable().optional(),
        choice: modelChoice.nullable().optional(),
        pinnedRunId: runId.nullable().optional(),
      }),
    )
    .output(cell),
  move: procedure.input(write.extend({ cellId, afterCellId: cellId.nullable() })).output(cell),
  /** Runs and history are kept; `restore` brings the cell back where it was. */
  remove: procedure.input(write.extend({ cellId })).output(z.object({ cellId })),
  restore: procedure.input(write.extend({ cellId })).output(cell),
};
