import { BrowserWindow, session } from 'electron';
import { printOrigin } from '#shared/desktop/window-port.ts';
import { listStaticFiles } from '#window-files/static-files.ts';
import type { StaticFile, StaticFiles } from '#window-files/static-files.ts';
import { answerFrom } from './security/app-scheme.ts';
import { guardSession } from './security/index.ts';
import { ownOrigin } from './security/requests.ts';
import { printPreferences } from './security/web-preferences.ts';

export interface PrintJob {
  readonly html: string;
  /** Absolute path of the folder that `/assets/…` in the page stands for. */
  readonly assetsFolder: string;
}

/** A printed page needs its own style and nothing else: no script of anyone's. */
const printHeaders = {
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
} as const;

/** Fonts that only the print stylesheet uses are not asked for on a screen, and printing waits for none. */
const loadFonts =
  'Promise.all([...document.fonts].map((font) => font.load())).then(() => document.fonts.ready).then(() => undefined)';

/** Sessions in memory that no job uses just now: Electron has no way to be rid of one. */
const idle: string[] = [];
let made = 0;

/** Prints one page in a hidden window of its own. Throws the signal's reason when it is aborted. */
export async function printPage(job: PrintJob, signal: AbortSignal): Promise<Uint8Array> {
  signal.throwIfAborted();
  const partition = idle.pop() ?? newPartition();
  const own = session.fromPartition(partition);
  const files = filesOf(job);
  own.protocol.handle(
    'app',
    answerFrom(printOrigin, () => files, printHeaders),
  );
  const page = new BrowserWindow({ show: false, webPreferences: printPreferences(partition) });
  const stop = (): void => page.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await page.loadURL(`${printOrigin}/`);
    await page.webContents.executeJavaScript(loadFonts);
    return await page.webContents.printToPDF({
      generateTaggedPDF: true,
      generateDocumentOutline: true,
      preferCSSPageSize: true,
      printBackground: true,
    });
  } finally {
    signal.removeEventListener('abort', stop);
    if (!page.isDestroyed()) page.destroy();
    own.protocol.unhandle('app');
    idle.push(partition);
    signal.throwIfAborted();
  }
}

function newPartition(): string {
  made += 1;
  const partition = `print-${made}`;
  guardSession(session.fromPartition(partition), ownOrigin(printOrigin));
  return partition;
}

async function filesOf({ html, assetsFolder }: PrintJob): Promise<StaticFiles> {
  const page: StaticFile = {
    contentType: 'text/html; charset=utf-8',
    cacheControl: 'no-store',
    read: () => Promise.resolve(Buffer.from(html)),
  };
  const assets = await listStaticFiles(assetsFolder);
  return new Map([['/', page], ...[...assets].map(([path, file]) => [`/assets${path}`, file] as const)]);
}
