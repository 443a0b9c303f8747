import { app } from 'electron';
import type { Desktop } from './desktop.ts';

/** Quits when the last window is gone, but on a Mac; and only after everything is saved. */
export function quitWhenSaved(desktop: Pick<Desktop, 'isClosed' | 'close'>): void {
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('browser-window-created', (_event, window) => {
    // A window that still saved had called the quitting off.
    window.once('closed', () => {
      if (isQuitting) app.quit();
    });
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('will-quit', (event) => {
    if (desktop.isClosed()) return;
    event.preventDefault();
    void desktop.close().finally(() => app.quit());
  });
}
