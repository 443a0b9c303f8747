import { ORPCError } from '@orpc/client';
import { AppError, failure, refuse } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';

/** What a call threw, as the window's own kind of error. Aborts and the window's own bugs stay as they are. */
export function toAppError(error: unknown, isLinkOpen: boolean): unknown {
  if (error instanceof AppError) return error;
  if (isRpcError(error)) return new AppError(failureOf(error), { cause: error });
  if (!isLinkOpen) return refuse('connection-lost', {}, { cause: error });
  return error;
}

/** The library's own check, with the type it leaves open closed. */
function isRpcError(error: unknown): error is ORPCError<string, unknown> {
  return error instanceof ORPCError;
}

function failureOf(error: ORPCError<string, unknown>): Failure {
  switch (error.code) {
    case 'REFUSED':
      if (isFailure(error.data)) return error.data;
      return failure('internal', { reference: error.code });
    case 'BAD_REQUEST':
      return failure('bad-request', { detail: error.message });
    default:
      return failure('internal', { reference: referenceIn(error.data) ?? error.code });
  }
}

function isFailure(data: unknown): data is Failure {
  return typeof data === 'object' && data !== null && 'code' in data && 'params' in data;
}

function referenceIn(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !('reference' in data)) return null;
  return typeof data.reference === 'string' ? data.reference : null;
}

/** The expected failure in what was thrown; a bug becomes `internal`, since there is nothing better to say. */
export function failureIn(error: unknown): Failure {
  if (error instanceof AppError) return error.failure;
  return failure('internal', { reference: error instanceof Error ? error.name : 'unknown' });
}

export function isConnectionLost(error: unknown): boolean {
  return error instanceof AppError && error.failure.code === 'connection-lost';
}
