import { MessageChannelMain, utilityProcess } from 'electron';
import type { BrowserWindow, WebFrameMain } from 'electron';
import type { Task, TaskResult } from '#shared/desktop/process-messages.ts';
import { portChannel } from '#shared/desktop/window-port.ts';
import { AppError } from '#shared/domain/failure.ts';
import type { Failure } from '#shared/domain/failure.ts';
import { desktopMessages } from '#shared/messages/desktop.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { startBackendProcess } from './backend-process.ts';
import { ask, tell } from './dialogs.ts';
import { copyDiagnostics } from './diagnostics.ts';
import { addressOfNotebook, bringToFront, leadTo, openWindow } from './library-window.ts';
import { isWorthTelling, notifyOfEnd } from './notify.ts';
import { backendEntry } from './places.ts';
import { printPage } from './printer.ts';
import { trustedFrame } from './security/sender.ts';
import type { WindowPlace } from './window-place.ts';

const say = desktopMessages;
/** How long a backend may take to save at the end. */
const closingLimitMs = 10_000;

export interface LibraryOptions {
  /** `null` is the user's own library. */
  readonly path: string | null;
  readonly appVersion: string;
  readonly placeOfLastWindow: () => WindowPlace | null;
  keepPlace(place: WindowPlace): void;
  /** Its window is gone; the library is still open. */
  windowClosed(library: Library): void;
  /** The user wants another library instead. */
  openAnother(): void;
  quit(): void;
}

/** One open library: its backend's process, and its window while there is one. */
export interface Library {
  window(): BrowserWindow | null;
  /** `null` until the user's own library has said where it is. */
  path(): string | null;
  /** Brings its window to the front, or opens one. */
  show(): void;
  /** Hands a port to the backend to the window that asked. */
  connect(frame: WebFrameMain): void;
  /** Tells the user what went wrong; `null` then. */
  carryOut(task: Task): Promise<TaskResult | null>;
  goTo(notebookId: string): void;
  powerChanged(state: 'suspended' | 'resumed'): void;
  copyDiagnostics(): Promise<void>;
  /** Saves and frees the library. The window is closed before. */
  close(): Promise<void>;
}

export function openLibrary(options: LibraryOptions): Library {
  let window: BrowserWindow | null = null;
  let path = options.path;

  const backend = startBackendProcess({
    start: () => utilityProcess.fork(backendEntry, [], { serviceName: 'Scholium backend' }),
    libraryPath: options.path,
    appVersion: options.appVersion,
    nowMs: () => performance.now(),
    events: {
      opened: (openedPath) => (path = openedPath),
      failed: (failure) => void libraryFailed(failure),
      restarted: () => {
        const frame = window && trustedFrame({ senderFrame: window.webContents.mainFrame });
        if (frame) library.connect(frame);
        void tell(window, say.backendRestarted.title, say.backendRestarted.text);
      },
      gaveUp: () => void backendGaveUp(),
      runEnded: (run) => {
        if (isWorthTelling(run, window)) notifyOfEnd(run, () => goTo(run.notebookId));
      },
      print: printPage,
    },
  });

  const libraryFailed = async (failure: Failure): Promise<void> => {
    const answer = await ask(window, {
      type: 'error',
      title: say.libraryFailed.title,
      text: sentenceFor(failure),
      buttons: [say.libraryFailed.tryAgain, say.libraryFailed.openAnother, say.dialog.quit],
      escape: 2,
    });
    if (answer === 0) backend.restart();
    else if (answer === 1) options.openAnother();
    else options.quit();
  };

  const backendGaveUp = async (): Promise<void> => {
    const question = say.backendGaveUp;
    const answer = await ask(window, {
      type: 'error',
      title: question.title,
      text: question.text,
      buttons: [question.copyDiagnostics, question.startAgain, say.dialog.quit],
      escape: 2,
    });
    if (answer === 1) return backend.restart();
    if (answer === 2) return options.quit();
    await copyDiagnostics(backend.logsFolder());
    return backendGaveUp();
  };

  const show = (address = ''): void => {
    if (window) {
      if (address !== '') leadTo(window, address);
      return bringToFront(window);
    }
    const opened = openWindow({
      left: options.placeOfLastWindow(),
      address,
      keepPlace: options.keepPlace,
    });
    window = opened;
    opened.on('closed', () => {
      window = null;
      options.windowClosed(library);
    });
    comeBack(opened);
  };
  const goTo = (notebookId: string): void => show(addressOfNotebook(notebookId));

  const library: Library = {
    window: () => window,
    path: () => path,
    show: () => show(),
    goTo,
    connect(frame) {
      const { port1, port2 } = new MessageChannelMain();
      backend.serve(port1);
      frame.postMessage(portChannel, null, [port2]);
    },
    async carryOut(task) {
      try {
        return await backend.carryOut(task);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        await tell(window, say.notDone, sentenceFor(error.failure));
        return null;
      }
    },
    powerChanged: (state) => backend.powerChanged(state),
    copyDiagnostics: () => copyDiagnostics(backend.logsFolder()),
    close: () => backend.close(closingLimitMs),
  };
  return library;
}

/** A window that died or hangs is offered again; its text was kept aside and comes back with it. */
function comeBack(window: BrowserWindow): void {
  const contents = window.webContents;
  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    void ask(window, {
      type: 'error',
      title: say.windowGone.title,
      text: say.windowGone.text,
      buttons: [say.windowGone.openAgain, say.dialog.quit],
      escape: 1,
    }).then((answer) => (answer === 0 ? contents.reload() : window.destroy()));
  });
  window.on('unresponsive', () => {
    void ask(window, {
      type: 'warning',
      title: say.windowStuck.title,
      text: say.windowStuck.text,
      buttons: [say.windowStuck.wait, say.windowStuck.loadAgain],
      escape: 0,
    }).then((answer) => {
      if (answer !== 1) return;
      contents.forcefullyCrashRenderer();
      contents.reload();
    });
  });
}
