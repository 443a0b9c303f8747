import { z } from 'zod';
import { providerKinds } from '../domain/model.ts';
import type { Failure } from '../domain/failure.ts';
import { procedure } from './base.ts';
import { limits, modelInfo, write } from './schemas.ts';

const keyedProvider = z.enum(['openai', 'compatible']);

/** Where a provider's key lies; `null` when there is none. */
const keyPlace = z.enum(['environment', 'keyring', 'file', 'memory']);

export const models = {
  /** The catalogue merged with the server's own list; `failure` says why the server could not be asked. */
  list: procedure
    .input(z.object({ provider: z.enum(providerKinds), askServer: z.boolean() }))
    .output(z.object({ models: z.array(modelInfo), failure: z.custom<Failure>().nullable() })),
};

const keyStatus = z.object({
  keys: z.array(z.object({ provider: keyedProvider, place: keyPlace.nullable() })),
  /** Whether the system keyring passed a write, read and delete; otherwise what else can be used. */
  keyring: z.object({ works: z.boolean(), reason: z.string().nullable() }),
  /** An encrypted key file exists and has not been unlocked since this start. */
  fileLocked: z.boolean(),
});

export const keys = {
  /** Never the keys themselves. */
  status: procedure.output(keyStatus),
  set: procedure
    .input(
      write.extend({
        provider: keyedProvider,
        key: z.string().min(1).max(limits.keyChars),
        place: z.enum(['keyring', 'file', 'memory']),
        /** Needed for `file`. */
        passphrase: z.string().max(limits.keyChars).optional(),
      }),
    )
    .output(keyStatus),
  unlock: procedure.input(write.extend({ passphrase: z.string().max(limits.keyChars) })).output(keyStatus),
  remove: procedure.input(write.extend({ provider: keyedProvider })).output(keyStatus),
};
