import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { desktopMessages } from '#shared/messages/desktop.ts';

const say = desktopMessages.dialog;

export interface Question {
  readonly type: 'info' | 'warning' | 'error' | 'question';
  readonly title: string;
  readonly text: string;
  /** The first is what Enter does. */
  readonly buttons: readonly [string, ...string[]];
  /** What Escape does: the index of a button. */
  readonly escape: number;
}

/** Shows it over `window` without stopping anything; resolves to the index of the button. */
export async function ask(window: BrowserWindow | null, question: Question): Promise<number> {
  const options = {
    type: question.type,
    title: desktopMessages.name,
    message: question.title,
    detail: question.text,
    buttons: [...question.buttons],
    defaultId: 0,
    cancelId: question.escape,
    noLink: true,
    normalizeAccessKeys: false,
  };
  const answer = window ? await dialog.showMessageBox(window, options) : await dialog.showMessageBox(options);
  return answer.response;
}

export async function tell(window: BrowserWindow | null, title: string, text: string): Promise<void> {
  await ask(window, { type: 'info', title, text, buttons: [say.ok], escape: 0 });
}

/** The files the user chose, none when they thought better of it. */
export async function chooseFiles(
  window: BrowserWindow | null,
  kind: 'library' | 'markdown',
): Promise<readonly string[]> {
  const options: Electron.OpenDialogOptions =
    kind === 'library'
      ? {
          title: say.openLibrary,
          properties: ['openFile'],
          filters: [{ name: say.library, extensions: ['scholium'] }],
        }
      : {
          title: say.importMarkdown,
          properties: ['openFile', 'multiSelections'],
          filters: [{ name: say.markdown, extensions: ['md', 'markdown'] }],
        };
  const chosen = window ? await dialog.showOpenDialog(window, options) : await dialog.showOpenDialog(options);
  return chosen.canceled ? [] : chosen.filePaths;
}

/** Where to save; `null` when the user thought better of it. */
export async function chooseTarget(window: BrowserWindow, fileName: string): Promise<string | null> {
  const chosen = await dialog.showSaveDialog(window, {
    title: say.exportPdf,
    defaultPath: fileName,
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}
