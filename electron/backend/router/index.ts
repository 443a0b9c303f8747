import { implement } from '@orpc/server';
import { contract } from '#shared/contract/index.ts';
import type { Rooms } from '../rooms.ts';
import { appProcedures, settingsProcedures } from './app.ts';
import { exchangeProcedures } from './exchange.ts';
import { toRefusal } from './refusals.ts';
import { notebookProcedures } from './notebooks.ts';
import { keyProcedures, modelProcedures } from './models.ts';
import { runProcedures } from './runs.ts';

/** The contract, as implemented by a backend's rooms. */
export function createRouter(rooms: Rooms) {
  const procedures = implementer(rooms);
  return procedures.router({
    ...notebookProcedures(procedures, rooms),
    app: appProcedures(procedures, rooms),
    exchange: exchangeProcedures(procedures, rooms),
    keys: keyProcedures(procedures, rooms),
    models: modelProcedures(procedures, rooms),
    runs: runProcedures(procedures, rooms),
    settings: settingsProcedures(procedures, rooms),
  });
}

function implementer({ log }: Rooms) {
  return implement(contract).use(async ({ next, path }) => {
    try {
      return await next();
    } catch (error) {
      throw toRefusal(error, log, path);
    }
  });
}

/** The contract waiting for its handlers, with every throw already turned into a refusal. */
export type Procedures = ReturnType<typeof implementer>;
