import type { ProviderEvent } from './provider.ts';

const opening = '<think>';
const closing = '</think>';

/**
 * Splits a leading `<think>…</think>` off a model's content, wherever the chunks break. Only at the
 * very start: the same letters in the middle of an answer are its text.
 */
export class ThinkTags {
  #state: 'start' | 'thinking' | 'after' | 'text' = 'start';
  /** What may yet turn out to be a tag, or the blank space before the text. */
  #held = '';
  #hasThoughts = false;

  *read(chunk: string): Generator<ProviderEvent, void> {
    this.#held += chunk;
    if (this.#state === 'start') yield* this.#start();
    if (this.#state === 'thinking') yield* this.#thinking();
    if (this.#state === 'after') {
      this.#held = this.#held.trimStart();
      if (this.#held !== '') this.#state = 'text';
    }
    if (this.#state === 'text') yield* this.#release('text', this.#held.length);
  }

  /** What was held back when the content ended. */
  *end(): Generator<ProviderEvent, void> {
    yield* this.#release(this.#state === 'thinking' ? 'thinking' : 'text', this.#held.length);
  }

  *#start(): Generator<ProviderEvent, void> {
    const content = this.#held.trimStart();
    if (content.startsWith(opening)) {
      this.#held = content.slice(opening.length);
      this.#state = 'thinking';
      yield { type: 'thinking', text: '' };
    } else if (!opening.startsWith(content)) {
      this.#state = 'text';
    }
  }

  *#thinking(): Generator<ProviderEvent, void> {
    if (!this.#hasThoughts) this.#held = this.#held.trimStart();
    this.#hasThoughts ||= this.#held !== '';
    const end = this.#held.indexOf(closing);
    if (end === -1) {
      yield* this.#release('thinking', this.#held.length - heldBack(this.#held));
      return;
    }
    yield* this.#release('thinking', end);
    this.#held = this.#held.slice(closing.length);
    this.#state = 'after';
  }

  *#release(type: 'thinking' | 'text', chars: number): Generator<ProviderEvent, void> {
    const text = this.#held.slice(0, chars);
    this.#held = this.#held.slice(chars);
    if (text !== '') yield { type, text };
  }
}

/** How many characters at the end may be the beginning of the closing tag. */
function heldBack(text: string): number {
  for (let chars = Math.min(closing.length - 1, text.length); chars > 0; chars -= 1) {
    if (closing.startsWith(text.slice(-chars))) return chars;
  }
  return 0;
}
