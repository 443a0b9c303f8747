import { Notification } from 'electron';
import type { BrowserWindow } from 'electron';
import type { FromBackend } from '#shared/desktop/process-messages.ts';
import { desktopMessages } from '#shared/messages/desktop.ts';
import { formatDuration } from '#shared/scholium/index.ts';

const say = desktopMessages.runEnded;

/** Shorter runs are waited for; nobody goes away in the meantime. */
export const longRunMs = 30_000;

type EndedRun = Extract<FromBackend, { kind: 'run-ended' }>;

/** Whether its end is worth a notification: it took long, and nobody is looking at its window. */
export function isWorthTelling(
  run: Pick<EndedRun, 'elapsedMs'>,
  window: Pick<BrowserWindow, 'isVisible' | 'isMinimized' | 'isFocused'> | null,
): boolean {
  if (run.elapsedMs <= longRunMs) return false;
  return window === null || !window.isVisible() || window.isMinimized() || !window.isFocused();
}

/** `onClick` brings the user to the answer. */
export function notifyOfEnd(run: EndedRun, onClick: () => void): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({
    title: say[run.state](formatDuration(run.elapsedMs)),
    body: run.title || say.untitled,
  });
  notification.on('click', onClick);
  notification.show();
}
