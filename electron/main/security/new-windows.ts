import type { WebContents } from 'electron';

/** No page opens a window; a link that wanted one is handed to `openLink`. */
export function refuseNewWindows(
  contents: Pick<WebContents, 'setWindowOpenHandler'>,
  openLink: (address: string) => void,
): void {
  contents.setWindowOpenHandler(({ url }) => {
    openLink(url);
    return { action: 'deny' };
  });
}
