import type { Run } from '#shared/domain/run.ts';
import { pageWords } from '#shared/messages/page.ts';

/** What a run under way is doing, in a word or two; `null` once it ended. */
export function activityOf(run: Run): string | null {
  if (run.state === 'queued') return pageWords.queuedLine;
  if (run.state !== 'running') return null;
  switch (run.phase) {
    case 'waiting':
      return pageWords.waitingLine;
    case 'thinking':
      return pageWords.thinkingLine;
    case 'writing':
      return pageWords.writingLine;
  }
}

/**
 * The newest summary heading, or, where a server streams its thinking without headings, the end of
 * the last line thought; `null` when neither is known.
 */
export function newestThought(run: Run, thinking: string): string | null {
  const heading = run.headings.at(-1);
  if (heading) return heading.text;
  const line = thinking.trimEnd().split('\n').at(-1)?.trim() ?? '';
  if (line === '') return null;
  return line.length > thoughtChars ? `… ${line.slice(-thoughtChars).replace(/^\S*\s/, '')}` : line;
}

/** About one line of the text column. */
const thoughtChars = 76;

/** Paragraphs, displays and lists of an answer: what a reader hears of its length. */
export function countParagraphs(text: string): number {
  return text.split(/\n[ \t]*\n/).filter((part) => part.trim() !== '').length;
}
