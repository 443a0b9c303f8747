import type { Workspace } from '#renderer/workspace/index.ts';

/** The moments at which a window may vanish or come back. */
export function keepSafe({ connection, drafts }: Pick<Workspace, 'connection' | 'drafts'>): void {
  const save = (): void => {
    drafts.keepAllUnsaved();
    void drafts.flushAll();
  };
  window.addEventListener('blur', save);
  window.addEventListener('pagehide', save);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save();
    else connection.wake();
  });
  window.addEventListener('online', () => connection.wake());
  window.addEventListener('focus', () => {
    if (connection.state.getState().kind !== 'open') connection.wake();
  });
}
