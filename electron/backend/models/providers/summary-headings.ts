import type { ProviderEvent } from './provider.ts';

const headingLine = /^\s*\*\*(?<heading>[^*\n]+)\*\*[ \t]*$/u;
const headingLimitChars = 200;

/**
 * Finds the heading of each part of a reasoning summary: a bold line it begins with. It is told as
 * soon as its line is complete, and stays in the thinking text.
 */
export class SummaryHeadings {
  #firstLine = '';
  #isLooking = true;

  *startPart(index: number): Generator<ProviderEvent, void> {
    yield* this.endPart();
    this.#firstLine = '';
    this.#isLooking = true;
    yield { type: 'thinking', text: index > 0 ? '\n\n' : '' };
  }

  *read(text: string): Generator<ProviderEvent, void> {
    yield { type: 'thinking', text };
    if (!this.#isLooking) return;
    this.#firstLine = (this.#firstLine + text).trimStart();
    const end = this.#firstLine.indexOf('\n');
    if (end === -1 && this.#firstLine.length <= headingLimitChars) return;
    if (end !== -1) this.#firstLine = this.#firstLine.slice(0, end);
    yield* this.endPart();
  }

  *endPart(): Generator<ProviderEvent, void> {
    if (!this.#isLooking) return;
    this.#isLooking = false;
    const heading = headingLine.exec(this.#firstLine)?.groups?.['heading']?.trim();
    if (heading !== undefined && heading !== '') yield { type: 'heading', text: heading };
  }
}
