import { refuse } from '#shared/domain/failure.ts';
import { parseJson } from './json.ts';

/**
 * The message in one event's data; `undefined` for the broken-off tail of a stream that was cut.
 * Throws `AppError` `response-garbled` for what is no JSON.
 */
export function messageIn(data: string, isTail: boolean): unknown {
  try {
    return parseJson(data);
  } catch (error) {
    if (isTail) return undefined;
    throw refuse('response-garbled', { detail: 'not-json' }, { cause: error });
  }
}
