import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { activity, cellId, modelChoice, run, runEvent, runId, sequence, write } from './schemas.ts';

export const runs = {
  /** What the whole library is doing, and what it used since a moment: a window asks for its own day. */
  activity: procedure.input(z.object({ sinceUtcMs: z.int() })).output(activity),
  get: procedure.input(z.object({ runId })).output(run),
  /** Stores the run as queued, then answers; `runId` is the client's, so that a repeated call starts one run. */
  start: procedure.input(write.extend({ runId, cellId, choice: modelChoice })).output(run),
  /** Ends it within a second; the text received so far is kept. A run that ended is left as it is. */
  stop: procedure.input(write.extend({ runId })).output(run),
  /**
   * First the run as it is (`type: 'run'`) unless `afterSeq` can be continued from, then its deltas,
   * a `run` at each change of state, phase or headings, and one at its end, which closes the stream.
   */
  watch: procedure.input(z.object({ runId, afterSeq: sequence.nullable() })).output(eventIterator(runEvent)),
};
