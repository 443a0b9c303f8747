import type { Session } from 'electron';
import { isOwnAddress } from './own-address.ts';

/** Only what the window made itself may be saved; where, the user is asked by the system. */
export function refuseForeignDownloads(session: Pick<Session, 'on'>): void {
  session.on('will-download', (event, item) => {
    const address = item.getURL();
    if (!/^blob:/i.test(address) || !isOwnAddress(address.slice('blob:'.length))) event.preventDefault();
  });
}
