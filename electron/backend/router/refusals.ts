import { ORPCError } from '@orpc/server';
import { AppError, failure } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import type { Log } from '../logs/log.ts';

/**
 * Turns whatever a procedure threw into the one error the contract knows. Bugs are logged under a
 * reference and travel as `internal`, so that nothing of the backend's inside leaks to a window.
 */
export function toRefusal(error: unknown, log: Log, path: readonly string[]): ORPCError<'REFUSED', Failure> {
  return new ORPCError('REFUSED', { status: 422, defined: true, data: failureOf(error, log, path) });
}

function failureOf(error: unknown, log: Log, path: readonly string[]): Failure {
  if (error instanceof AppError) return error.failure;
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    return failure('bad-request', { detail: describeIssues(error.data) });
  }
  return failure('internal', {
    reference: log.error('procedure-failed', error, { procedure: path.join('.') }),
  });
}

/** The first thing that is wrong with an input, by its place; never the input itself. */
function describeIssues(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) {
    return 'the request is not of the form this version understands';
  }
  const first: unknown = data.issues[0];
  if (typeof first !== 'object' || first === null || !('message' in first)) return 'the request is malformed';
  const place = 'path' in first && Array.isArray(first.path) ? first.path.map(String).join('.') : '';
  return place ? `${place}: ${String(first.message)}` : String(first.message);
}

/** Streams fail after their procedure has returned: the same conversion, while they are read. */
export async function* refusingStream<Event>(
  events: AsyncIterable<Event>,
  log: Log,
  path: readonly string[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Event, void, undefined> {
  try {
    yield* events;
  } catch (error) {
    // An abort surfaces as whatever the reader was waiting on: it is no failure.
    if (signal?.aborted) return;
    throw toRefusal(error, log, path);
  }
}
