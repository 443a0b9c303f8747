import { refuse } from '#shared/domain/failure.ts';
import type { ProviderEvent } from './provider.ts';

/** A server that never stops must not fill the library: both text and thinking end here. */
export const answerLimitChars = 20_000_000;

/** Passes events on until their text grows too long, then throws `AppError` `answer-too-long`. */
export async function* withinLimit(
  events: AsyncIterable<ProviderEvent>,
  limitChars = answerLimitChars,
): AsyncGenerator<ProviderEvent> {
  const chars = { text: 0, thinking: 0 };
  for await (const event of events) {
    if (event.type === 'text' || event.type === 'thinking') {
      chars[event.type] += event.text.length;
      if (chars[event.type] > limitChars) throw refuse('answer-too-long', { limitChars });
    }
    yield event;
  }
}
