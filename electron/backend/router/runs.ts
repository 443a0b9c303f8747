import type { Rooms } from '../rooms.ts';
import type { Procedures } from './index.ts';
import { refusingStream } from './refusals.ts';

/** Starting, stopping and watching runs. */
export function runProcedures(procedures: Procedures, { runs, log }: Rooms) {
  const of = procedures.runs;
  return {
    activity: of.activity.handler(({ input }) => ({
      ...runs.activity(),
      used: runs.usageSince(input.sinceUtcMs),
    })),
    get: of.get.handler(({ input }) => runs.get(input.runId)),
    start: of.start.handler(({ input }) => runs.start(input)),
    stop: of.stop.handler(({ input }) => runs.stop(input)),
    watch: of.watch.handler(({ input, signal, path }) =>
      refusingStream(runs.watch(input.runId, input.afterSeq, signal), log, path, signal),
    ),
  };
}
