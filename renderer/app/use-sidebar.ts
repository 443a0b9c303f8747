import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useRememberedSwitch } from './remembered.ts';

/** Below this the sidebar lies over the page instead of beside it; the style sheet says the same. */
const narrow = '(max-width: 47.499rem)';

export interface SidebarState {
  readonly isOpen: boolean;
  /** It lies over the page, which is out of reach until it closes. */
  readonly isOverlay: boolean;
  open(): void;
  close(): void;
  /** After a choice was made in it: over the page it would hide what was chosen. */
  closeIfOverlay(): void;
}

/** Beside a wide page the sidebar stays as it was left; over a narrow one it opens only when asked for. */
export function useSidebar(): SidebarState {
  const [isOpenBeside, setOpenBeside] = useRememberedSwitch('sidebar', true);
  const [isOpenOver, setOpenOver] = useState(false);
  const isNarrow = useSyncExternalStore(onNarrowChange, () => window.matchMedia(narrow).matches);
  const isOpen = isNarrow ? isOpenOver : isOpenBeside;
  const set = useCallback(
    (next: boolean) => (isNarrow ? setOpenOver(next) : setOpenBeside(next)),
    [isNarrow, setOpenBeside],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key === '\\') {
        event.preventDefault();
        set(!isOpen);
      }
      if (event.key === 'Escape' && isNarrow && isOpen && !event.defaultPrevented) set(false);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isNarrow, isOpen, set]);
  const isOverlay = isNarrow && isOpen;
  useKeptFocus(isOpen, isOverlay);
  return useMemo(
    () => ({
      isOpen,
      isOverlay,
      open: () => set(true),
      close: () => set(false),
      closeIfOverlay: () => setOpenOver(false),
    }),
    [isOpen, isOverlay, set],
  );
}

/** Each of the two buttons goes away when it is pressed; the keyboard then goes on from the other one. */
function useKeptFocus(isOpen: boolean, isOverlay: boolean): void {
  const wasOpenRef = useRef(isOpen);
  useEffect(() => {
    if (wasOpenRef.current === isOpen) return;
    wasOpenRef.current = isOpen;
    if (document.activeElement !== document.body && !isOverlay) return;
    const successor = isOpen ? '.sidebar-head button' : '.sidebar-opener';
    document.querySelector<HTMLElement>(successor)?.focus();
  }, [isOpen, isOverlay]);
}

function onNarrowChange(listener: () => void): () => void {
  const query = window.matchMedia(narrow);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}
