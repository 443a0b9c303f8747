import { newId } from '#shared/domain/ids.ts';
import type { RunId } from '#shared/domain/ids.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import type { ActionsEdge, Attempt } from './edge.ts';
import type { Actions } from './index.ts';

export function runActions(edge: ActionsEdge, attempt: Attempt): Pick<Actions, 'startRun' | 'stopRun'> {
  const { client } = edge.connection;
  const { clientId } = edge;
  return {
    startRun: async (cellId, choice) => {
      await edge.drafts.flush(cellId);
      const save = edge.drafts.state.getState().byCell[cellId]?.save;
      if (save?.kind === 'unsaved') {
        edge.toasts.failure(save.failure);
        return null;
      }
      if (save?.kind === 'conflict') {
        edge.toasts.info(say.save.conflict(1));
        return null;
      }
      const runId = newId<RunId>();
      const run = await attempt(() => client.runs.start({ clientId, runId, cellId, choice }));
      if (run) edge.notebook.runArrived(run);
      return run;
    },
    stopRun: async (runId) => {
      const run = await attempt(() => client.runs.stop({ clientId, runId }));
      if (run) edge.notebook.runArrived(run);
      return run !== null;
    },
  };
}
