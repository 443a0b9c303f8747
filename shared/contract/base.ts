import { oc } from '@orpc/contract';
import { z } from 'zod';
import type { Failure } from '../domain/failure.ts';

/** Every procedure may refuse: the failure's code and parameters travel, its sentence does not. */
export const procedure = oc.errors({
  REFUSED: { status: 422, data: z.custom<Failure>() },
});
