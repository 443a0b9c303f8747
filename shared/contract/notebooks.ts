import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import {
  cellList,
  feedEvent,
  macros,
  modelChoice,
  notebook,
  notebookList,
  notebookId,
  revision,
  runList,
  sequence,
  title,
  write,
} from './schemas.ts';
import { limits } from './schemas.ts';

const byId = z.object({ notebookId });

export const notebooks = {
  /** Those not in the trash, most recently changed first. */
  list: procedure.output(notebookList),
  listTrash: procedure.output(notebookList),
  /** One notebook with its cells in order, and every run of them, newest first. */
  open: procedure
    .input(byId)
    .output(z.object({ notebook, cells: cellList, runs: runList, feedSeq: sequence })),
  /** An empty title is allowed; the window shows "Untitled". */
  create: procedure.input(write.extend({ notebookId: notebookId.optional(), title })).output(notebook),
  update: procedure
    .input(
      write.extend({
        notebookId,
        baseRevision: revision,
        title: title.optional(),
        tags: z.array(z.string().max(limits.titleChars)).max(limits.tags).optional(),
        macros: macros.optional(),
        defaultChoice: modelChoice.nullable().optional(),
      }),
    )
    .output(notebook),
  /** Into the trash. */
  remove: procedure.input(write.extend({ notebookId })).output(notebook),
  restore: procedure.input(write.extend({ notebookId })).output(notebook),
};

export const changes = {
  /** All changes after `afterSeq`, then every new one, batched; starts with `reset` when it cannot go on from there. */
  watch: procedure.input(z.object({ afterSeq: sequence.nullable() })).output(eventIterator(feedEvent)),
};
