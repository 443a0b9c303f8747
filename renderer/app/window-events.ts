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

/** Asks whoever closes the window to wait for what is not saved yet. It is kept aside all the same. */
export function holdClosingWhileSaving({ drafts }: Pick<Workspace, 'drafts'>): void {
  window.addEventListener('beforeunload', (event) => {
    const { kind } = drafts.state.getState().summary;
    if (kind !== 'saving' && kind !== 'unsaved') return;
    drafts.keepAllUnsaved();
    void drafts.flushAll();
    event.preventDefault();
  });
}
