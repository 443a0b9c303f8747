import { useSyncExternalStore } from 'react';
import { brand } from '#shared/domain/ids.ts';
import type { NotebookId } from '#shared/domain/ids.ts';

const prefix = '#/notebook/';

/** The notebook named in the window's address, so that loading again and the back button keep the place. */
export function useRoute(): NotebookId | null {
  return useSyncExternalStore(onHashChange, notebookInAddress);
}

export function addressOf(notebookId: NotebookId): string {
  return `${prefix}${encodeURIComponent(notebookId)}`;
}

export function goTo(notebookId: NotebookId | null): void {
  if (notebookId) window.location.hash = addressOf(notebookId);
  else window.history.replaceState(null, '', window.location.pathname);
  // replaceState tells nobody.
  if (!notebookId) window.dispatchEvent(new HashChangeEvent('hashchange'));
}

/** For the first time a window is opened: the notebook chosen last, where it still exists. */
export function putInAddress(notebookId: NotebookId): void {
  window.history.replaceState(null, '', addressOf(notebookId));
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

function notebookInAddress(): NotebookId | null {
  const { hash } = window.location;
  if (!hash.startsWith(prefix)) return null;
  return brand<NotebookId>(decodeURIComponent(hash.slice(prefix.length)));
}

function onHashChange(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}
