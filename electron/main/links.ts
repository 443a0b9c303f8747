import { BrowserWindow, shell } from 'electron';
import { desktopMessages } from '#shared/messages/desktop.ts';
import { ask } from './dialogs.ts';
import { openLink } from './security/external-links.ts';

const say = desktopMessages.link;

/** Opens a clicked link outside, as far as the rules let it. */
export function followLink(address: string): void {
  void openLink(address, {
    open: (safe) => shell.openExternal(safe),
    ask: async (full) => {
      const answer = await ask(BrowserWindow.getFocusedWindow(), {
        type: 'question',
        title: say.title,
        text: full,
        buttons: [desktopMessages.dialog.cancel, say.open],
        escape: 0,
      });
      return answer === 1;
    },
  }).catch(() => undefined);
}
