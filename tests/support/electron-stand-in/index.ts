import { EventEmitter, once } from 'node:events';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Electron from 'electron';
import type { Page } from '@playwright/test';
import { standInFor } from './hook.ts';
import { StandInChannel } from './ports.ts';
import { StandInSession } from './session.ts';
import { StandInProcess } from './utility-process.ts';
import { StandInWindow } from './window.ts';
import type { WindowHome } from './window.ts';

export interface StandInOptions {
  /** Holds the library, the logs, the keys and what windows remember. */
  readonly dataFolder: string;
  /** A fresh page for each window. */
  readonly newPage: () => Promise<Page>;
  readonly env?: Readonly<Record<string, string>>;
  /** What follows the program on the command line. */
  readonly args?: readonly string[];
  /** The button for each dialog; the first unless told otherwise. */
  readonly answer?: (dialog: Electron.MessageBoxOptions) => number;
  /** Files for each dialog that asks for some. */
  readonly choose?: () => readonly string[];
}

/** The built desktop shell on the stand-in for Electron, and what a test may do to and ask of it. */
export interface StandInApp {
  readonly app: EventEmitter;
  readonly windows: readonly StandInWindow[];
  /** All there ever were, those for printing included. */
  readonly everyWindow: readonly StandInWindow[];
  readonly sessions: readonly StandInSession[];
  readonly schemes: readonly { readonly scheme: Electron.CustomScheme; readonly isBeforeReady: boolean }[];
  readonly links: readonly string[];
  readonly dialogs: readonly Electron.MessageBoxOptions[];
  readonly notifications: readonly Electron.NotificationConstructorOptions[];
  readonly menu: () => readonly Electron.MenuItemConstructorOptions[];
  readonly powerMonitor: EventEmitter;
  readonly clipboard: () => string;
  readonly backends: readonly StandInProcess[];
  /** Sends what a page might send on a channel of `ipcMain`. */
  ipc(channel: string, event: unknown): void;
  /** Resolves with the page of the first window when it is loaded. */
  firstPage(): Promise<Page>;
  /** Quits as the menu does, and waits for the end. */
  quit(): Promise<void>;
  /** Ends everything as a crash does. */
  crash(): Promise<void>;
  readonly hasQuit: Promise<void>;
}

const root = resolve(import.meta.dirname, '../../..');
let runs = 0;

/** Runs `dist/main/index.js` as Electron would run it. */
export async function startStandIn(options: StandInOptions): Promise<StandInApp> {
  const run = String((runs += 1));
  const stage = await createStage(options);
  standInFor(run, stage.electron);
  await asElectron(options, async () => {
    await import(`${pathToFileURL(join(root, 'dist/main/index.js')).href}?run=${run}`);
  });
  stage.becomeReady();
  return stage.control;
}

/** Main reads its command line and its data folder once, when it is loaded. */
async function asElectron(options: StandInOptions, work: () => Promise<void>): Promise<void> {
  const { argv } = process;
  const before = process.env['SCHOLIUM_DATA_FOLDER'];
  process.argv = ['electron', root, ...(options.args ?? [])];
  process.env['SCHOLIUM_DATA_FOLDER'] = options.dataFolder;
  try {
    await work();
  } finally {
    process.argv = argv;
    if (before === undefined) delete process.env['SCHOLIUM_DATA_FOLDER'];
    else process.env['SCHOLIUM_DATA_FOLDER'] = before;
  }
}

async function createStage(options: StandInOptions) {
  const app = new EventEmitter();
  const ipcMain = new EventEmitter();
  const powerMonitor = new EventEmitter();
  const windows: StandInWindow[] = [];
  const everyWindow: StandInWindow[] = [];
  const backends: StandInProcess[] = [];
  const sessions = new Map<string, StandInSession>();
  const links: string[] = [];
  const dialogs: Electron.MessageBoxOptions[] = [];
  const notifications: Electron.NotificationConstructorOptions[] = [];
  const schemes: { scheme: Electron.CustomScheme; isBeforeReady: boolean }[] = [];
  let menu: Electron.MenuItemConstructorOptions[] = [];
  let clipboardText = '';
  let userData = '';
  let isReady = false;
  let isDead = false;
  let isQuitting = false;
  let tellReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (tellReady = resolve));
  let tellQuit: () => void = () => undefined;
  const hasQuit = new Promise<void>((resolve) => (tellQuit = resolve));

  const sessionNamed = (name: string): StandInSession => {
    const known = sessions.get(name);
    if (known) return known;
    const fresh = new StandInSession();
    sessions.set(name, fresh);
    listening.push(fresh.listen());
    return fresh;
  };
  const listening: Promise<unknown>[] = [];
  const defaultSession = sessionNamed('');
  await Promise.all(listening);

  const end = (): void => {
    isDead = true;
    for (const session of sessions.values()) session.close();
    for (const backend of backends) backend.kill();
    app.emit('quit');
    tellQuit();
  };
  const goOnQuitting = (): void => {
    if (!isQuitting || isDead || windows.length > 0) return;
    isQuitting = false;
    let isPrevented = false;
    app.emit('will-quit', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) end();
  };
  const quit = (): void => {
    if (isDead || isQuitting) return;
    isQuitting = true;
    app.emit('before-quit', { preventDefault: () => undefined });
    for (const window of windows) {
      // A page that still saves calls the quitting off.
      window.webContents.once('will-prevent-unload', () => (isQuitting = false));
      window.close();
    }
    setImmediate(goOnQuitting);
  };

  const home: WindowHome = {
    newPage: options.newPage,
    sessionOf: (partition) => sessionNamed(partition ?? ''),
    ipc: (channel, event) => void ipcMain.emit(channel, event),
    created(window) {
      everyWindow.push(window);
      windows.push(window);
      app.emit('web-contents-created', {}, window.webContents);
      app.emit('browser-window-created', {}, window);
    },
    closed(window) {
      windows.splice(windows.indexOf(window), 1);
      if (windows.length > 0 || isDead) return;
      if (isQuitting) goOnQuitting();
      else app.emit('window-all-closed');
    },
    isDead: () => isDead,
  };

  const appMembers = {
    enableSandbox: () => undefined,
    getPath: (name) => (name === 'userData' ? userData : options.dataFolder),
    setPath: (name, path) => {
      if (name === 'userData') userData = path;
    },
    getVersion: () => '0.0.0',
    requestSingleInstanceLock: () => true,
    whenReady: () => ready,
    isPackaged: false,
    addRecentDocument: () => undefined,
    quit,
  } satisfies Pick<
    Electron.App,
    | 'enableSandbox'
    | 'getPath'
    | 'setPath'
    | 'getVersion'
    | 'requestSingleInstanceLock'
    | 'whenReady'
    | 'isPackaged'
    | 'addRecentDocument'
    | 'quit'
  >;

  class Window extends StandInWindow {
    static getFocusedWindow(): StandInWindow | null {
      return windows.find((window) => window.isFocused()) ?? null;
    }

    constructor(given: Electron.BrowserWindowConstructorOptions) {
      super(home, given);
    }
  }

  class StandInNotification extends EventEmitter implements Pick<Electron.Notification, 'show'> {
    static isSupported = (): boolean => true;
    readonly #given: Electron.NotificationConstructorOptions;

    constructor(given: Electron.NotificationConstructorOptions) {
      super();
      this.#given = given;
    }

    show(): void {
      notifications.push(this.#given);
    }
  }

  const electron = {
    app: Object.assign(app, appMembers),
    BrowserWindow: Window,
    Notification: StandInNotification,
    MessageChannelMain: StandInChannel,
    ipcMain,
    powerMonitor,
    protocol: {
      registerSchemesAsPrivileged: (given) => {
        for (const scheme of given) schemes.push({ scheme, isBeforeReady: !isReady });
      },
      handle: (scheme, handler) => defaultSession.protocol.handle(scheme, handler),
    } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>,
    session: {
      defaultSession,
      fromPartition: (partition: string) => sessionNamed(partition),
    },
    utilityProcess: {
      fork: (modulePath: string, args: string[] = []) => {
        const env = { ...withoutKeys(process.env), SCHOLIUM_DATA_FOLDER: options.dataFolder, ...options.env };
        const backend = new StandInProcess(modulePath, args, env);
        backends.push(backend);
        return backend;
      },
    },
    dialog: {
      showMessageBox: async (first, second?: Electron.MessageBoxOptions) => {
        const shown = second ?? (first as unknown as Electron.MessageBoxOptions);
        dialogs.push(shown);
        return { response: options.answer?.(shown) ?? 0, checkboxChecked: false };
      },
      showOpenDialog: async () => {
        const filePaths = [...(options.choose?.() ?? [])];
        return { canceled: filePaths.length === 0, filePaths };
      },
      showSaveDialog: async () => {
        const filePath = options.choose?.()[0] ?? '';
        return { canceled: filePath === '', filePath };
      },
    } satisfies Pick<Electron.Dialog, 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'>,
    shell: {
      openExternal: async (url) => void links.push(url),
    } satisfies Pick<Electron.Shell, 'openExternal'>,
    clipboard: {
      writeText: async (text: string) => void (clipboardText = text),
    },
    Menu: {
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (given: Electron.MenuItemConstructorOptions[]) => void (menu = given),
    },
    nativeTheme: { shouldUseDarkColors: false } satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors'>,
    screen: {
      getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1_920, height: 1_080 } }],
    },
  };

  const control: StandInApp = {
    app,
    windows,
    everyWindow,
    get sessions() {
      return [...sessions.values()];
    },
    schemes,
    links,
    dialogs,
    notifications,
    menu: () => menu,
    powerMonitor,
    clipboard: () => clipboardText,
    backends,
    ipc: home.ipc,
    hasQuit,
    async firstPage() {
      while (!windows[0]) await once(app, 'browser-window-created');
      const { webContents } = windows[0];
      if (webContents.getURL() === '') await once(webContents, 'did-finish-load');
      return webContents.page;
    },
    async quit() {
      quit();
      await hasQuit;
    },
    async crash() {
      isDead = true;
      const gone = backends.map((backend) => backend.gone);
      for (const backend of backends) {
        backend.removeAllListeners();
        backend.crash();
      }
      await Promise.all([
        ...gone,
        ...windows.map(async ({ webContents }) => (await webContents.page).close()),
      ]);
      for (const session of sessions.values()) session.close();
      tellQuit();
    },
  };
  const becomeReady = (): void => {
    isReady = true;
    tellReady();
  };
  return { electron, control, becomeReady };
}

/** No test may spend what belongs to the person who runs it. */
function withoutKeys(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { OPENAI_API_KEY: _key, OPENAI_BASE_URL: _url, ...rest } = env;
  return rest;
}
