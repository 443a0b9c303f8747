import { AppError } from '../domain/failure.ts';
import type { Failure } from '../domain/failure.ts';

/**
 * The failure inside an error that a call of the contract threw, `null` when it is none: a lost
 * connection or a bug. Checks by shape, so that windows need neither zod nor a class shared with
 * the backend.
 */
export function refusalIn(error: unknown): Failure | null {
  if (error instanceof AppError) return error.failure;
  if (typeof error !== 'object' || error === null) return null;
  if (!('code' in error) || error.code !== 'REFUSED' || !('data' in error)) return null;
  return isFailure(error.data) ? error.data : null;
}

function isFailure(data: unknown): data is Failure {
  return typeof data === 'object' && data !== null && 'code' in data && 'params' in data;
}
