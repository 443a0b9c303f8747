import { failureIn } from '#renderer/client/failures.ts';
import type { Connection } from '#renderer/client/connection.ts';
import { copyText } from '#renderer/components/copy-text.ts';
import { windowMessages as say } from '#shared/messages/window.ts';
import type { KeptDraft } from './cell-draft.ts';
import { mergePatch } from './cell-patch.ts';
import type { Drafts } from './drafts.ts';
import type { Toasts } from './toasts.ts';

/**
 * Takes up what windows that are gone could not save: saved where nobody else touched the cell, offered
 * as a conflict where someone did, and to the clipboard where the cell itself is gone.
 */
export async function recoverDrafts(
  kept: readonly KeptDraft[],
  edge: { readonly connection: Connection; readonly drafts: Drafts; readonly toasts: Toasts },
): Promise<void> {
  let resumed = 0;
  for (const draft of kept) {
    try {
      const present = await edge.connection.client.cells.get({ cellId: draft.cellId });
      // It had arrived after all; only the answer was missed.
      if (mergePatch(draft.base, present, draft.patch).kind === 'contained') continue;
      edge.drafts.resume(present, draft.base, draft.patch);
      await edge.drafts.flush(draft.cellId);
      if (edge.drafts.isSaved(draft.cellId)) resumed += 1;
    } catch (error) {
      const failed = failureIn(error);
      if (failed.code !== 'cell-not-found') throw error;
      const text = draft.patch.source ?? draft.patch.answerKey;
      if (!text) continue;
      edge.toasts.info(say.recovered.orphan, {
        label: say.recovered.copy,
        run: () => void copyText(text),
      });
    }
  }
  if (resumed > 0) edge.toasts.info(say.recovered.saved(resumed));
}
