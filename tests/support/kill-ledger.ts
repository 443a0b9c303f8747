import { z } from 'zod';
import type { NotebookDraft } from '#shared/domain/draft.ts';

/** What a killed writer said it had written. */
export const ledgerEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('pair'), revision: z.int(), source: z.string() }),
  z.object({ kind: z.literal('insert'), cellId: z.string(), source: z.string() }),
  z.object({ kind: z.literal('import'), notebookId: z.string(), cells: z.int() }),
]);
export type Entry = z.infer<typeof ledgerEntry>;

export const pairNotebookId = 'pair';

/** A text that names its own length, so that half of it gives itself away. */
export function textOf(salt: number, chars: number): string {
  return `${chars}:${salt
    .toString(36)
    .repeat(Math.ceil(chars / 2) + 1)
    .slice(0, chars)}`;
}

export function isWholeText(text: string): boolean {
  const colon = text.indexOf(':');
  return colon < 0 ? text === '' : text.length - colon - 1 === Number(text.slice(0, colon));
}

/** A notebook whose title tells how many cells it must have. */
export function draftOf(cells: number, salt: number): NotebookDraft {
  return {
    title: `${cells} cells`,
    tags: [],
    macros: {},
    cells: Array.from({ length: cells }, (_, index) => ({
      kind: 'note' as const,
      source: textOf(salt + index, 500),
      answerKey: null,
      domain: null,
    })),
  };
}
