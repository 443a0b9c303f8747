/**
 * How a window asks the shell around it for a port to the backend: by a cancelable event of this name
 * on `window`. The preload cancels it, which tells the window at once that there is such a shell.
 */
export const portWantedEvent = 'scholium:port-wanted';

/** What stands in the message by which the preload hands the port over. */
export const portMessage = 'scholium:port';

/** The IPC channel by which the preload asks for a port and gets one. */
export const portChannel = 'port';

/** The window's own origin in the desktop app, and that of a page which is printed. */
export const windowOrigin = 'app://window';
export const printOrigin = 'app://print';
