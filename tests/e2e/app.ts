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

export interface AppFixtures {
  /** A folder of this test's own, gone afterwards. */
  readonly dataFolder: string;
  /** Starts the program on `dataFolder`; whatever still runs at the end of the test is stopped. */
  readonly serve: (options?: Omit<ServedAppOptions, 'dataFolder'>) => Promise<ServedApp>;
  /** The desktop shell on the stand-in, with all that a test may do to it; its first window is `page`. */
  readonly desktop: (options?: Partial<Omit<StandInOptions, 'newPage'>>) => Promise<StandInApp>;
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
  desktop: async ({ dataFolder, context, page }, use) => {
    const started: StandInApp[] = [];
    let first: Page | null = page;
    const newPage = (): Promise<Page> => {
      const given = first;
      first = null;
      return given ? Promise.resolve(given) : context.newPage();
    };
    await use(async (options) => {
      const app = await startStandIn({ dataFolder, newPage, ...options });
      started.push(app);
      return app;
    });
    await Promise.all(started.map((app) => app.quit()));
  },
  page: async ({ kind, page, dataFolder }, use) => {
    if (kind !== 'electron') return use(page);
    const electron = serveElectron(dataFolder);
    electrons.set(dataFolder, electron);
    await use(electron.page);
    await electron.stop();
    electrons.delete(dataFolder);
  },
  serve: async ({ dataFolder, kind, desktop }, use) => {
    const started: ServedApp[] = [];
    await use(async (options = {}) => {
      const app = await serveKind(kind, dataFolder, desktop, options);
      started.push(app);
      return app;
    });
    await Promise.all(started.map((app) => app.stop()));
  },
});

const electrons = new Map<string, ReturnType<typeof serveElectron>>();

async function serveKind(
  kind: Kind,
  dataFolder: string,
  desktop: AppFixtures['desktop'],
  options: Omit<ServedAppOptions, 'dataFolder'>,
): Promise<ServedApp> {
  switch (kind) {
    case 'browser':
      return serveApp({ dataFolder, ...options });
    case 'stand-in':
      return standInAsServed(await desktop(options), dataFolder);
    case 'electron': {
      const electron = electrons.get(dataFolder);
      if (!electron) throw new Error('The test does not use the page of its app.');
      return electron.serve(options);
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
