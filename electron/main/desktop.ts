import { app, BrowserWindow } from 'electron';
import type { IpcMainEvent } from 'electron';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brand } from '#shared/domain/ids.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import { failure } from '#shared/domain/failure.ts';
import { desktopMessages } from '#shared/messages/desktop.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { chooseFiles, chooseTarget, tell } from './dialogs.ts';
import { followLink } from './links.ts';
import { openLibrary } from './library.ts';
import type { Library } from './library.ts';
import { notebookIn } from './library-window.ts';
import type { MenuCommands } from './menu.ts';
import type { OpenRequest } from './open-requests.ts';
import { releasePage } from './release-page.ts';
import { trustedFrame } from './security/sender.ts';
import { readPlace, writePlace } from './window-place.ts';
import type { WindowPlace } from './window-place.ts';

const say = desktopMessages;

const page = releasePage;
/** Only when asked, by the user's own browser: the app itself asks no server for anything. */
const lookForUpdates = page === null ? null : (): void => followLink(page);

/** The running app: its open libraries, and what can be asked of it. */
export interface Desktop {
  /** Opens what was asked for; nothing but the user's own library when that is nothing. */
  start(requests: readonly OpenRequest[]): Promise<void>;
  open(request: OpenRequest): Promise<void>;
  /** Brings a window to the front, or opens the user's own library. */
  show(): void;
  portWanted(event: IpcMainEvent): void;
  powerChanged(state: 'suspended' | 'resumed'): void;
  readonly commands: MenuCommands;
  /** True when nothing is left to be saved. */
  isClosed(): boolean;
  close(): Promise<void>;
}

export function createDesktop(): Desktop {
  const libraries = new Set<Library>();
  let left: WindowPlace | null = null;
  let placeKept: Promise<void> = Promise.resolve();
  const placeFile = (): string => join(app.getPath('userData'), 'place.json');

  const current = (): Library | null => {
    const focused = BrowserWindow.getFocusedWindow();
    const all = [...libraries];
    return all.find((library) => library.window() === focused && focused !== null) ?? all.at(-1) ?? null;
  };

  const openAt = (path: string | null): Library => {
    const known = [...libraries].find((library) => library.path() === path);
    if (known) {
      known.show();
      return known;
    }
    const library = openLibrary({
      path,
      appVersion: app.getVersion(),
      placeOfLastWindow: () => left,
      keepPlace: (place) => {
        left = place;
        placeKept = placeKept.then(() => writePlace(placeFile(), place));
      },
      windowClosed,
      openAnother: () => void chooseLibrary(),
      quit: () => app.quit(),
    });
    libraries.add(library);
    library.show();
    if (path !== null) app.addRecentDocument(path);
    return library;
  };

  const windowClosed = (library: Library): void => {
    // On a Mac the app lives on without windows, and so do its runs.
    if (process.platform === 'darwin' || libraries.size <= 1) return;
    libraries.delete(library);
    void library.close();
  };

  const chooseLibrary = async (): Promise<void> => {
    const [path] = await chooseFiles(current()?.window() ?? null, 'library');
    if (path !== undefined) openAt(path);
  };

  const importInto = async (library: Library, paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      const result = await library.carryOut({ task: 'import-file', path });
      if (result?.task === 'import-file') library.goTo(result.notebookId);
    }
  };

  const open = async (request: OpenRequest): Promise<void> => {
    const { path } = request;
    switch (request.kind) {
      case 'library':
        openAt(path);
        return;
      case 'markdown':
        return importInto(current() ?? openAt(null), [path]);
      case 'jupyter':
        show();
        return tell(current()?.window() ?? null, say.cannotOpen.title, say.cannotOpen.jupyter(path));
      case 'unknown':
        show();
        return tell(current()?.window() ?? null, say.cannotOpen.title, say.cannotOpen.unknown(path));
    }
  };

  const show = (): void => {
    const library = current();
    if (library) library.show();
    else openAt(null);
  };

  const exportPdf = async (library: Library): Promise<void> => {
    const window = library.window();
    const notebookId = window && notebookIn(window);
    if (!window || !notebookId) return;
    const result = await library.carryOut({ task: 'export-pdf', notebookId: brand<NotebookId>(notebookId) });
    if (result?.task !== 'export-pdf') return;
    const target = await chooseTarget(window, result.fileName);
    if (target === null) return;
    try {
      await writeFile(target, result.bytes);
    } catch (error) {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
      await tell(window, say.notDone, sentenceFor(failure('file-unwritable', { path: target, reason })));
    }
  };

  const withCurrent = (work: (library: Library) => Promise<void>) => (): void => {
    const library = current();
    if (library) void work(library);
  };

  return {
    open,
    show,
    async start(requests) {
      left = await readPlace(placeFile());
      if (!requests.some((request) => request.kind === 'library')) openAt(null);
      for (const request of requests) await open(request);
    },
    portWanted(event) {
      const frame = trustedFrame(event);
      if (frame === null) return;
      const asking = [...libraries].find((library) => library.window()?.webContents.id === event.sender.id);
      asking?.connect(frame);
    },
    powerChanged: (state) => libraries.forEach((library) => library.powerChanged(state)),
    commands: {
      newNotebook: withCurrent(async (library) => {
        const result = await library.carryOut({ task: 'create-notebook' });
        if (result?.task === 'create-notebook') library.goTo(result.notebookId);
      }),
      openLibrary: () => void chooseLibrary(),
      importMarkdown: withCurrent(async (library) =>
        importInto(library, await chooseFiles(library.window(), 'markdown')),
      ),
      exportPdf: withCurrent(exportPdf),
      copyDiagnostics: withCurrent((library) => library.copyDiagnostics()),
      lookForUpdates,
    },
    isClosed: () => libraries.size === 0,
    async close() {
      const all = [...libraries];
      await Promise.all([placeKept, ...all.map((library) => library.close())]);
      libraries.clear();
    },
  };
}
