import type { Notebook } from '#shared/domain/notebook.ts';
import { windowMessages } from '#shared/messages/window.ts';

/** What is shown for a notebook without a title. */
export function shownTitle(notebook: Pick<Notebook, 'title'>): string {
  return notebook.title.trim() || windowMessages.untitled;
}

/** Notebooks whose title contains every word of `text`, whatever the case and accents. */
export function titlesContaining(notebooks: readonly Notebook[], text: string): readonly Notebook[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return notebooks;
  return notebooks.filter((notebook) => {
    const title = plain(shownTitle(notebook));
    return words.every((word) => title.includes(word));
  });
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
