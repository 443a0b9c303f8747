import type { OpenNotebook } from '#renderer/workspace/index.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { pageWords } from '#shared/messages/page.ts';
import { outcomeSentence } from '../run/outcome-sentence.ts';
import { countParagraphs } from '../run/thinking-line.ts';

/** What a listener should hear of what changed between two states of the same notebook; never tokens. */
export function announcementsBetween(before: OpenNotebook, after: OpenNotebook): readonly string[] {
  if (before.notebook.id !== after.notebook.id || before.runs === after.runs) return [];
  return Object.values(after.runs).flatMap((run) => {
    const former = before.runs[run.id];
    if (!former || former === run || hasEnded(former) || !hasEnded(run)) return [];
    if (run.state === 'cancelled') return [pageWords.answerStopped];
    const sentence = outcomeSentence(run);
    if (run.state !== 'completed') return [pageWords.answerFailed(sentence ?? '')];
    const complete = pageWords.answerComplete(countParagraphs(run.answer));
    return [sentence === null ? complete : `${complete}. ${sentence}`];
  });
}
