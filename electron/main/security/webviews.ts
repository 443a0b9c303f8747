import type { WebContents } from 'electron';

/** The tag is switched off; should one come to be all the same, nothing is attached to it. */
export function refuseWebviews(contents: Pick<WebContents, 'on'>): void {
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
