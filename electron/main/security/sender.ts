import type { IpcMainEvent, WebFrameMain } from 'electron';
import { isOwnPage } from './own-address.ts';

/** The frame a message came from, if it is the top frame of a page of ours; otherwise `null`. */
export function trustedFrame(event: Pick<IpcMainEvent, 'senderFrame'>): WebFrameMain | null {
  const frame = event.senderFrame;
  if (frame === null || frame.parent !== null || !isOwnPage(frame.url)) return null;
  return frame;
}
