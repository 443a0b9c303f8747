import { _electron } from '@playwright/test';
import type { ElectronApplication, Page } from '@playwright/test';
import { join, resolve } from 'node:path';
import { findElectron } from '../support/electron-binary.ts';
import type { ServedApp, ServedAppOptions } from '../support/served-app.ts';

const root = resolve(import.meta.dirname, '../..');

export interface ElectronUnderTest {
  /** The first window of the app that was served last. */
  readonly page: Page;
  serve(options: Omit<ServedAppOptions, 'dataFolder'>): Promise<ServedApp>;
  stop(): Promise<void>;
}

/** The built desktop shell on Electron itself. */
export function serveElectron(dataFolder: string): ElectronUnderTest {
  let running: { app: ElectronApplication; page: Page } | null = null;
  const stop = async (): Promise<void> => {
    const ending = running;
    running = null;
    await ending?.app.close();
  };
  return {
    stop,
    // Tests take their page before the app is started: they reach it once it is.
    page: new Proxy({} as Page, {
      get: (_target, name) => {
        if (!running) throw new Error('The app has no window yet.');
        const value: unknown = Reflect.get(running.page, name);
        return typeof value === 'function' ? value.bind(running.page) : value;
      },
    }),
    async serve({ env = {} }) {
      const app = await _electron.launch({
        executablePath: findElectron() ?? '',
        args: [root],
        cwd: root,
        env: { ...withoutKeys(process.env), SCHOLIUM_DATA_FOLDER: dataFolder, ...env },
      });
      running = { app, page: await app.firstWindow() };
      const child = app.process();
      return {
        url: 'app://window/',
        port: 0,
        pid: child.pid ?? 0,
        libraryPath: join(dataFolder, 'library.scholium'),
        errorOutput: () => '',
        stop: async () => {
          await stop();
          return child.exitCode;
        },
        kill: async () => {
          running = null;
          child.kill('SIGKILL');
        },
      };
    },
  };
}

/** No test may spend what belongs to the person who runs it. */
function withoutKeys(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !/^OPENAI_(API_KEY|BASE_URL)$/.test(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
