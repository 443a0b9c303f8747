import { portMessage, portWantedEvent } from '#shared/desktop/window-port.ts';

/** Where the desktop shell around this window hands ports over. */
export interface ShellPorts {
  /** A port to the backend, asked for unless one has come by itself. */
  next(): Promise<MessagePort>;
  /** Told of a port that came unasked: the backend behind the present one is another by now. */
  onReplaced(listener: () => void): void;
}

/** `null` where there is no such shell: then this is a page in a browser. */
export function portsFromShell(view: Window): ShellPorts | null {
  let waiting: ((port: MessagePort) => void) | null = null;
  let spare: MessagePort | null = null;
  const listeners = new Set<() => void>();
  view.addEventListener('message', (event) => {
    const [port] = event.ports;
    if (event.source !== view || event.data !== portMessage || !port) return;
    if (waiting) {
      waiting(port);
      waiting = null;
      return;
    }
    spare?.close();
    spare = port;
    for (const listener of listeners) listener();
  });
  // The preload cancels the event, if there is one: the very first question finds that out.
  const ask = (): boolean => !view.dispatchEvent(new CustomEvent(portWantedEvent, { cancelable: true }));
  const wait = (): Promise<MessagePort> => new Promise((resolve) => (waiting = resolve));
  let first: Promise<MessagePort> | null = wait();
  if (!ask()) return null;
  return {
    onReplaced: (listener) => void listeners.add(listener),
    next() {
      const asked = first;
      first = null;
      if (asked) return asked;
      const ready = spare;
      spare = null;
      if (ready) return Promise.resolve(ready);
      const waited = wait();
      ask();
      return waited;
    },
  };
}
