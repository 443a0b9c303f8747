import type { ClientId } from '#shared/domain/ids.ts';
import type { Rooms } from '../rooms.ts';
import type { Procedures } from './index.ts';

/** What can be run with what. */
export function modelProcedures(procedures: Procedures, { models }: Rooms) {
  return { list: procedures.models.list.handler(({ input, signal }) => models.list(input, signal)) };
}

/** Keys go in and are asked about; none ever comes out. */
export function keyProcedures(procedures: Procedures, { keys, library }: Rooms) {
  const of = procedures.keys;
  /** Other windows show where keys lie, too. */
  const tell = (clientId: ClientId): void => library.write(clientId, (note) => note({ type: 'keys' }));
  return {
    status: of.status.handler(() => keys.status()),
    set: of.set.handler(async ({ input }) => {
      const status = await keys.set(input);
      tell(input.clientId);
      return status;
    }),
    unlock: of.unlock.handler(async ({ input }) => {
      const status = await keys.unlock(input);
      tell(input.clientId);
      return status;
    }),
    remove: of.remove.handler(async ({ input }) => {
      const status = await keys.remove(input);
      tell(input.clientId);
      return status;
    }),
  };
}
