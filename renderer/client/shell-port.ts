import { portMessage, portWantedEvent } from '#shared/desktop/window-port.ts';

/**
 * Ports from the desktop shell around this window, each asked for when it is needed; `null` where
 * there is no such shell: then this is a page in a browser.
 */
export function portsFromShell(view: Window): (() => Promise<MessagePort>) | null {
  let waiting: ((port: MessagePort) => void) | null = null;
  view.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== view || event.data !== portMessage || !port) return;
    // The shell answers each question once; a port that nobody asked for is not ours to hold.
    if (waiting) waiting(port);
    else port.close();
    waiting = null;
  });
  // The preload cancels the event, if there is one: the very first question finds that out.
  const ask = (): boolean => !view.dispatchEvent(new CustomEvent(portWantedEvent, { cancelable: true }));
  let first: Promise<MessagePort> | null = new Promise((resolve) => {
    waiting = resolve;
  });
  if (!ask()) return null;
  return () => {
    const asked = first;
    first = null;
    if (asked) return asked;
    return new Promise((resolve) => {
      waiting = resolve;
      ask();
    });
  };
}
