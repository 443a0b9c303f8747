import { spawn } from 'node:child_process';
import type { Log } from '#backend/logs/log.ts';
import { writeRedirectFile } from './redirect-file.ts';

export interface BrowserOpening {
  /** Whether a browser was asked at all. */
  readonly isTried: boolean;
  /** Removes what was left on the disk for the browser to read. */
  cleanUp(): void;
}

const notTried: BrowserOpening = { isTried: false, cleanUp: () => undefined };

/**
 * Asks the system to open `url` in the user's browser. Waits for nothing and never fails the start:
 * where there is no browser or no screen, the printed address is enough.
 */
export function openInBrowser(
  url: string,
  { env, platform, log }: { env: NodeJS.ProcessEnv; platform: NodeJS.Platform; log: Log },
): BrowserOpening {
  const command = openerFor(platform, env);
  if (command === null) return notTried;
  try {
    const file = writeRedirectFile(url);
    const [program, ...args] = command;
    const child = spawn(program, [...args, file.path], { stdio: 'ignore', detached: true });
    child.on('error', () => log.info('browser-not-opened', { program }));
    child.unref();
    return { isTried: true, cleanUp: () => file.remove() };
  } catch (error) {
    log.error('browser-not-opened', error);
    return notTried;
  }
}

/** The program that opens a file as a double click would; `null` where there is no screen to open it on. */
export function openerFor(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): [string, ...string[]] | null {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      // Not `start`, which is the shell's own word and would read the path as a command line.
      return ['rundll32.exe', 'url.dll,FileProtocolHandler'];
    default: {
      const hasScreen = Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
      return hasScreen ? ['xdg-open'] : null;
    }
  }
}
