import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  HandlerDetails,
  PrintToPDFOptions,
  WebContents,
  WebFrameMain,
  WindowOpenHandlerResponse,
} from 'electron';
import type { Page, Request } from '@playwright/test';
import { z } from 'zod';
import { pageScript } from './page-script.ts';
import type { StandInPort } from './ports.ts';
import type { StandInSession } from './session.ts';

const fromPage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ipc'), channel: z.string() }),
  z.object({ type: z.literal('port'), id: z.number(), data: z.unknown() }),
  z.object({ type: z.literal('port-closed'), id: z.number() }),
]);

/** What a window needs of the app it belongs to. */
export interface WindowHome {
  newPage(): Promise<Page>;
  sessionOf(partition: string | undefined): StandInSession;
  ipc(channel: string, event: unknown): void;
  created(window: StandInWindow): void;
  closed(window: StandInWindow): void;
  isDead(): boolean;
}

let lastId = 0;

export class StandInContents
  extends EventEmitter
  implements
    Pick<
      WebContents,
      'id' | 'getURL' | 'executeJavaScript' | 'reload' | 'forcefullyCrashRenderer' | 'printToPDF'
    >
{
  readonly id = (lastId += 1);
  readonly page: Promise<Page>;
  /** Addresses that main itself asked for: these are no navigation of the page's. */
  readonly loading = new Set<string>();
  readonly #session: StandInSession;
  readonly #home: WindowHome;
  readonly #ports = new Map<number, StandInPort>();
  #lastPort = 0;
  #url = '';
  #openHandler: (details: HandlerDetails) => WindowOpenHandlerResponse = () => ({ action: 'allow' });

  constructor(home: WindowHome, options: BrowserWindowConstructorOptions) {
    super();
    this.#home = home;
    const preferences = options.webPreferences ?? {};
    this.#session = home.sessionOf(preferences.partition);
    this.page = this.#prepare(preferences.preload);
  }

  setWindowOpenHandler(handler: (details: HandlerDetails) => WindowOpenHandlerResponse): void {
    this.#openHandler = handler;
  }

  getURL(): string {
    return this.#session.toApp(this.#url);
  }

  async load(address: string): Promise<void> {
    const page = await this.page;
    const target = this.#session.toWeb(address);
    this.loading.add(target);
    // A load that another one overtook ends with it, as in Electron.
    await page.goto(target, { waitUntil: 'load' }).catch(() => undefined);
    this.#url = page.url();
    this.emit('did-finish-load');
  }

  reload(): void {
    void this.page
      .then((page) => {
        this.loading.add(page.url());
        return page.reload();
      })
      // Closed while it loaded.
      .catch(() => undefined);
  }

  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 1 });
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.page).evaluate(code);
  }

  async printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    return (await this.page).pdf({
      tagged: options.generateTaggedPDF ?? false,
      outline: options.generateDocumentOutline ?? false,
      preferCSSPageSize: options.preferCSSPageSize ?? false,
      printBackground: options.printBackground ?? false,
    });
  }

  get mainFrame(): ReturnType<StandInContents['frame']> {
    return this.frame();
  }

  /** The top frame, as main sees the sender of a message. */
  frame(): Pick<WebFrameMain, 'url' | 'parent' | 'postMessage'> {
    return {
      url: this.getURL(),
      parent: null,
      postMessage: (channel, _message, ports = []) => this.#handOver(channel, ports),
    };
  }

  #handOver(channel: string, ports: readonly unknown[]): void {
    const ids = ports.map((transferred) => {
      const port = transferred as StandInPort;
      const id = (this.#lastPort += 1);
      this.#ports.set(id, port);
      return id;
    });
    this.#inPage('ipc', channel, ids);
    for (const id of ids) {
      this.#ports.get(id)?.moveTo({
        deliver: (data) => this.#inPage('port', id, data instanceof Uint8Array ? { bytes: [...data] } : data),
        closed: () => this.#inPage('portClosed', id),
      });
    }
  }

  #inPage(method: string, ...args: unknown[]): void {
    void this.page
      .then((page) =>
        page.evaluate(
          ([name, given]) => {
            const standIn: unknown = Reflect.get(globalThis, '__standIn');
            const call: unknown = standIn && Reflect.get(Object(standIn), String(name));
            if (typeof call === 'function') Reflect.apply(call, standIn, given);
          },
          [method, args] as const,
        ),
      )
      // The page went away: so did everything it was to be told.
      .catch(() => undefined);
  }

  async #prepare(preload: string | undefined): Promise<Page> {
    const page = await this.#home.newPage();
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.#url = page.url();
    });
    // A page's ports do not outlive it.
    page.on('request', (request) => {
      if (isTopNavigation(request, page)) this.#closePorts();
    });
    page.on('close', () => this.#closePorts());
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 }));
    page.on('popup', (popup) => void popup.close().catch(() => undefined));
    await page.context().route('**/*', async (route) => {
      // Every window answers for its own page; what is left is a window that a page wants to open.
      const { action } = this.#openHandler({ url: route.request().url() } as HandlerDetails);
      return action === 'deny' ? route.abort('blockedbyclient') : route.continue();
    });
    await page.route('**/*', async (route) => {
      const request = route.request();
      const address = this.#session.toApp(request.url());
      const isTop = isTopNavigation(request, page);
      if (request.isNavigationRequest() && !(isTop && this.loading.delete(request.url()))) {
        if (this.#isNavigationRefused(address, isTop)) return route.abort('aborted');
      }
      if (await this.#session.isRefused(address)) return route.abort('blockedbyclient');
      return route.continue();
    });
    if (preload !== undefined) {
      await page.exposeBinding('__standInSend', (_source, raw: unknown) =>
        this.#receive(fromPage.parse(raw)),
      );
      await page.addInitScript(pageScript(await readFile(preload, 'utf8')));
    }
    return page;
  }

  #isNavigationRefused(url: string, isMainFrame: boolean): boolean {
    let isPrevented = false;
    const details = { url, isMainFrame, isSameDocument: false, preventDefault: () => (isPrevented = true) };
    this.emit('will-frame-navigate', details);
    if (isMainFrame) this.emit('will-navigate', details);
    return isPrevented;
  }

  #receive(message: z.infer<typeof fromPage>): void {
    switch (message.type) {
      case 'ipc':
        return this.#home.ipc(message.channel, { sender: this, senderFrame: this.frame() });
      case 'port':
        return this.#ports.get(message.id)?.postMessage(unpack(message.data));
      case 'port-closed':
        this.#ports.get(message.id)?.close();
        this.#ports.delete(message.id);
        return;
    }
  }

  #closePorts(): void {
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }
}

export class StandInWindow
  extends EventEmitter
  implements
    Pick<
      BrowserWindow,
      | 'loadURL'
      | 'show'
      | 'focus'
      | 'restore'
      | 'maximize'
      | 'setFullScreen'
      | 'isMaximized'
      | 'isFullScreen'
      | 'isMinimized'
      | 'isVisible'
      | 'isFocused'
      | 'isDestroyed'
      | 'getNormalBounds'
      | 'close'
      | 'destroy'
    >
{
  readonly webContents: StandInContents;
  readonly options: BrowserWindowConstructorOptions;
  /** What the user does to a window: set by tests. */
  state = { isVisible: false, isFocused: false, isMinimized: false, isMaximized: false, isFullScreen: false };
  readonly #home: WindowHome;
  #isDestroyed = false;

  constructor(home: WindowHome, options: BrowserWindowConstructorOptions) {
    super();
    this.#home = home;
    this.options = options;
    this.webContents = new StandInContents(home, options);
    home.created(this);
  }

  async loadURL(address: string): Promise<void> {
    const isFirst = this.webContents.getURL() === '';
    await this.webContents.load(address);
    if (isFirst) this.emit('ready-to-show');
  }

  show(): void {
    this.state.isVisible = true;
    this.state.isFocused = true;
  }

  focus(): void {
    this.state.isFocused = true;
  }

  restore(): void {
    this.state.isMinimized = false;
  }

  maximize(): void {
    this.state.isMaximized = true;
  }

  setFullScreen(flag: boolean): void {
    this.state.isFullScreen = flag;
  }

  isMaximized = (): boolean => this.state.isMaximized;
  isFullScreen = (): boolean => this.state.isFullScreen;
  isMinimized = (): boolean => this.state.isMinimized;
  isVisible = (): boolean => this.state.isVisible;
  isFocused = (): boolean => this.state.isFocused;
  isDestroyed = (): boolean => this.#isDestroyed;

  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }

  close(): void {
    if (this.#isDestroyed) return;
    this.emit('close', { preventDefault: () => undefined });
    void this.webContents.page
      .then((page) =>
        page.evaluate(() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))),
      )
      .catch(() => false)
      .then((isPrevented) => {
        let isOverruled = false;
        if (isPrevented) {
          this.webContents.emit('will-prevent-unload', { preventDefault: () => (isOverruled = true) });
        }
        if (!isPrevented || isOverruled) this.destroy();
      });
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    void this.webContents.page
      .then((page) => page.close())
      .catch(() => undefined)
      .then(() => {
        this.emit('closed');
        this.#home.closed(this);
      });
  }
}

function isTopNavigation(request: Request, page: Page): boolean {
  return request.isNavigationRequest() && request.frame() === page.mainFrame();
}

function unpack(data: unknown): unknown {
  const packed = z.object({ bytes: z.array(z.number()) }).safeParse(data);
  return packed.success ? new Uint8Array(packed.data.bytes) : data;
}
