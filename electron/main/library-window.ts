import { BrowserWindow, nativeTheme, screen } from 'electron';
import { windowOrigin } from '#shared/desktop/window-port.ts';
import { desktopMessages } from '#shared/messages/desktop.ts';
import { preloadFile } from './places.ts';
import { windowPreferences } from './security/web-preferences.ts';
import { areaOn, smallest } from './window-place.ts';
import type { WindowPlace } from './window-place.ts';

/** How long a closing window may take to save what was typed last. Kept aside, it is saved later. */
const savingLimitMs = 5_000;
const askAgainMs = 50;

/** The page's background before it is drawn; as in the window's tokens. */
const background = { light: '#ffffff', dark: '#161618' } as const;

export interface LibraryWindowOptions {
  readonly left: WindowPlace | null;
  /** A notebook's place in the window's address. */
  readonly address: string;
  keepPlace(place: WindowPlace): void;
}

/** Opens a window where the last one was left, and shows it when there is something to see. */
export function openWindow({ left, address, keepPlace }: LibraryWindowOptions): BrowserWindow {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const window = new BrowserWindow({
    ...areaOn(left?.area ?? null, screens),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: desktopMessages.name,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: windowPreferences(preloadFile),
  });
  if (left?.isMaximized) window.maximize();
  if (left?.isFullScreen) window.setFullScreen(true);
  window.once('ready-to-show', () => window.show());
  window.on('close', () => keepPlace(placeOf(window)));
  saveBeforeClosing(window);
  void window.loadURL(`${windowOrigin}/${address}`);
  return window;
}

/** Leads the window to a notebook without loading it anew. */
export function leadTo(window: BrowserWindow, address: string): void {
  void window.loadURL(`${windowOrigin}/${address}`);
}

export function addressOfNotebook(notebookId: string): string {
  return `#/notebook/${encodeURIComponent(notebookId)}`;
}

/** The notebook on the page; `null` when there is none. */
export function notebookIn(window: BrowserWindow): string | null {
  const found = /#\/notebook\/([^/]+)$/.exec(window.webContents.getURL())?.[1];
  return found === undefined ? null : decodeURIComponent(found);
}

export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

function placeOf(window: BrowserWindow): WindowPlace {
  return {
    area: window.getNormalBounds(),
    isMaximized: window.isMaximized(),
    isFullScreen: window.isFullScreen(),
  };
}

/** A page that still saves holds its closing up, for a while; then it goes, with its text kept aside. */
function saveBeforeClosing(window: BrowserWindow): void {
  let closingSinceMs: number | null = null;
  window.on('close', () => {
    closingSinceMs ??= performance.now();
  });
  window.webContents.on('will-prevent-unload', (event) => {
    // Loading again: the text is kept aside and comes back with the page.
    if (closingSinceMs === null) return event.preventDefault();
    if (performance.now() - closingSinceMs > savingLimitMs) return window.destroy();
    setTimeout(() => {
      if (!window.isDestroyed()) window.close();
    }, askAgainMs);
  });
}
