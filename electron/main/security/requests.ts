import type { Session } from 'electron';
import { isOfOrigin } from './own-address.ts';

/** Denies every request but those for our own files, whatever the page's policy let through. */
export function refuseForeignRequests(
  session: Pick<Session, 'webRequest'>,
  isOwn: (address: string) => boolean,
): void {
  session.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !isOwnRequest(details.url, isOwn) }),
  );
}

/** `data:` holds its own content, and a `blob:` that of the page which made it. */
function isOwnRequest(address: string, isOwn: (address: string) => boolean): boolean {
  if (isOwn(address)) return true;
  if (/^data:/i.test(address)) return true;
  return /^blob:/i.test(address) && isOwn(address.slice('blob:'.length));
}

/** A print job's page is the only thing at its origin. */
export function ownOrigin(origin: string): (address: string) => boolean {
  return (address) => isOfOrigin(address, origin);
}
