import type { WebContents } from 'electron';
import { isOwnPage } from './own-address.ts';

/**
 * Keeps a page where it is: it may load itself again, and nothing else, in no frame. A click that
 * wanted to lead the window elsewhere is handed to `openLink`.
 */
export function keepOnPage(contents: Pick<WebContents, 'on'>, openLink: (address: string) => void): void {
  contents.on('will-frame-navigate', (details) => {
    if (details.isMainFrame && isOwnPage(details.url)) return;
    details.preventDefault();
    if (details.isMainFrame) openLink(details.url);
  });
  contents.on('will-navigate', (details) => {
    if (!details.isMainFrame || !isOwnPage(details.url)) details.preventDefault();
  });
  contents.on('will-redirect', (details) => {
    // Nothing of ours redirects.
    details.preventDefault();
  });
}
