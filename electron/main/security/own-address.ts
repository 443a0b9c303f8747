import { windowOrigin } from '#shared/desktop/window-port.ts';

/**
 * Whether an address is of our own window. Compares the parts of the parsed address, never a prefix:
 * `app://window.evil` and `app://window@evil` begin like ours.
 */
export function isOwnAddress(address: string): boolean {
  return isOfOrigin(address, windowOrigin);
}

/** Whether an address is the window's one page itself, whatever stands behind its `#`. */
export function isOwnPage(address: string): boolean {
  if (!isOwnAddress(address)) return false;
  const { pathname, search } = new URL(address);
  return pathname === '/' && search === '';
}

/** `origin` is of the form `app://name`; Node gives such addresses the origin `null`, so parts it is. */
export function isOfOrigin(address: string, origin: string): boolean {
  if (!URL.canParse(address)) return false;
  const found = new URL(address);
  const own = new URL(origin);
  return (
    found.protocol === own.protocol &&
    found.host === own.host &&
    found.username === '' &&
    found.password === ''
  );
}
