import { test as base } from '@playwright/test';
import type { Page } from '@playwright/test';
import { startStandIn } from '../support/electron-stand-in/index.ts';
import type { StandInApp, StandInOptions } from '../support/electron-stand-in/index.ts';
import { findElectron, whyNoElectron } from '../support/electron-binary.ts';
import { serveApp, temporaryDataFolder } from '../support/served-app.ts';
import type { ServedApp, ServedAppOptions } from '../support/served-app.ts';
import { serveElectron } from './electron-app.ts';

/** What the specs run on: the browser shell, the desktop shell on its stand-in, or on Electron itself. */
export type Kind = 'browser' | 'stand-in' | 'electron';

export interface AppOptions {
  readonly kind: Kind;
}

interface Shown {
  page: Page | null;
  /** Asked of the window before there was one. */
  readonly early: ((page: Page) => unknown)[];
}

export interface AppFixtures {
  /** A folder of this test's own, gone afterwards. */
  readonly dataFolder: string;
  /** Starts the program on `dataFolder`; whatever still runs at the end of the test is stopped. */
  readonly serve: (options?: Omit<ServedAppOptions, 'dataFolder'>) => Promise<ServedApp>;
  /** The desktop shell on the stand-in, with all that a test may do to it; its first window is `page`. */
  readonly desktop: (options?: Partial<Omit<StandInOptions, 'newPage'>>) => Promise<StandInApp>;
  readonly shown: Shown;
  readonly whereItRuns: void;
}

/** Playwright's `test` with the built program at hand: `test('…', async ({ page, serve }) => …)`. */
export const test = base.extend<AppFixtures & AppOptions>({
  kind: ['browser', { option: true }],
  whereItRuns: [
    async ({ kind }, use, testInfo) => {
      testInfo.skip(kind === 'electron' && findElectron() === null, whyNoElectron);
      await use();
    },
    { auto: true },
  ],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern.
  dataFolder: async ({}, use) => {
    const folder = await temporaryDataFolder();
    await use(folder.path);
    await folder.remove();
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  shown: async ({}, use) => use({ page: null, early: [] }),
  desktop: async ({ dataFolder, context, shown }, use) => {
    const started: StandInApp[] = [];
    await use(async (options) => {
      const app = await startStandIn({ dataFolder, newPage: () => context.newPage(), ...options });
      started.push(app);
      await show(shown, await app.firstPage());
      return app;
    });
    await Promise.all(started.map((app) => app.quit()));
  },
  page: async ({ kind, context, shown }, use) => {
    // A desktop app brings its own window; tests take their page before there is one.
    if (kind === 'browser') await use(await context.newPage());
    else await use(windowOf(shown));
  },
  serve: async ({ dataFolder, kind, desktop, shown }, use) => {
    const started: ServedApp[] = [];
    await use(async (options = {}) => {
      const app = await serveKind({ kind, dataFolder, desktop, shown }, options);
      started.push(app);
      return app;
    });
    await Promise.all(started.map((app) => app.stop()));
  },
});

/**
 * The window of the desktop app that was started last, looked up when it is used. What is asked of it
 * before there is one (a size, a colour scheme) is done as soon as there is.
 */
function windowOf(shown: Shown): Page {
  const call =
    (name: string | symbol) =>
    (...given: unknown[]): unknown => {
      const method: unknown = shown.page && Reflect.get(shown.page, name);
      if (typeof method === 'function') return Reflect.apply(method, shown.page, given);
      shown.early.push((page) => {
        const late: unknown = Reflect.get(page, name);
        return typeof late === 'function' ? Reflect.apply(late, page, given) : undefined;
      });
      return Promise.resolve();
    };
  return new Proxy({} as Page, {
    get: (_target, name) => {
      // Not a promise, whoever asks.
      if (name === 'then') return undefined;
      const value: unknown = shown.page && Reflect.get(shown.page, name);
      // `page.goto((await serve()).url)` looks the method up before there is a page.
      return !shown.page || (typeof value === 'function' && name !== 'constructor') ? call(name) : value;
    },
  });
}

async function show(shown: Shown, page: Page): Promise<void> {
  shown.page = page;
  for (const ask of shown.early.splice(0)) await ask(page);
}

async function serveKind(
  {
    kind,
    dataFolder,
    desktop,
    shown,
  }: Pick<AppFixtures & AppOptions, 'kind' | 'dataFolder' | 'desktop' | 'shown'>,
  options: Omit<ServedAppOptions, 'dataFolder'>,
): Promise<ServedApp> {
  switch (kind) {
    case 'browser':
      return serveApp({ dataFolder, ...options });
    case 'stand-in':
      return standInAsServed(await desktop(options), dataFolder);
    case 'electron': {
      const { page, app } = await serveElectron({ dataFolder, ...options });
      await show(shown, page);
      return app;
    }
  }
}

async function standInAsServed(app: StandInApp, dataFolder: string): Promise<ServedApp> {
  const page = await app.firstPage();
  const { origin, port } = new URL(page.url());
  return {
    url: `${origin}/`,
    port: Number(port),
    pid: app.backends[0]?.pid ?? 0,
    libraryPath: `${dataFolder}/library.scholium`,
    errorOutput: () => '',
    stop: async () => {
      await app.quit();
      return 0;
    },
    kill: () => app.crash(),
  };
}

export { expect } from '@playwright/test';
