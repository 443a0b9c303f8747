import { test as base } from '@playwright/test';
import { serveApp, temporaryDataFolder } from '../support/served-app.ts';
import type { ServedApp, ServedAppOptions } from '../support/served-app.ts';

export interface AppFixtures {
  /** A folder of this test's own, gone afterwards. */
  readonly dataFolder: string;
  /** Starts the program on `dataFolder`; whatever still runs at the end of the test is stopped. */
  readonly serve: (options?: Omit<ServedAppOptions, 'dataFolder'>) => Promise<ServedApp>;
}

/** Playwright's `test` with the built program at hand: `test('…', async ({ page, serve }) => …)`. */
export const test = base.extend<AppFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern.
  dataFolder: async ({}, use) => {
    const folder = await temporaryDataFolder();
    await use(folder.path);
    await folder.remove();
  },
  serve: async ({ dataFolder }, use) => {
    const started: ServedApp[] = [];
    await use(async (options) => {
      const app = await serveApp({ dataFolder, ...options });
      started.push(app);
      return app;
    });
    await Promise.all(started.map((app) => app.stop()));
  },
});

export { expect } from '@playwright/test';
