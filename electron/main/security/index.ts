import type { Session, WebContents } from 'electron';
import { refuseForeignDownloads } from './downloads.ts';
import { keepOnPage } from './navigation.ts';
import { refuseNewWindows } from './new-windows.ts';
import { refusePermissions } from './permissions.ts';
import { refuseForeignRequests } from './requests.ts';
import { refuseWebviews } from './webviews.ts';

/** What holds for every page, whoever made it. */
export function guardPage(contents: WebContents, openLink: (address: string) => void): void {
  keepOnPage(contents, openLink);
  refuseNewWindows(contents, openLink);
  refuseWebviews(contents);
}

/** What holds for every page of a session. */
export function guardSession(session: Session, isOwn: (address: string) => boolean): void {
  refusePermissions(session);
  refuseForeignRequests(session, isOwn);
  refuseForeignDownloads(session);
  session.setSpellCheckerEnabled(false);
}
