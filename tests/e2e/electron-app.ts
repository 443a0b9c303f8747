import { _electron } from '@playwright/test';
import type { Page } from '@playwright/test';
import { join, resolve } from 'node:path';
import { findElectron } from '../support/electron-binary.ts';
import type { ServedApp, ServedAppOptions } from '../support/served-app.ts';

const root = resolve(import.meta.dirname, '../..');

/** The built desktop shell on Electron itself, and its first window. */
export async function serveElectron({
  dataFolder,
  env = {},
}: ServedAppOptions): Promise<{ page: Page; app: ServedApp }> {
  const electron = await _electron.launch({
    executablePath: findElectron() ?? '',
    args: [root],
    cwd: root,
    env: { ...withoutKeys(process.env), SCHOLIUM_DATA_FOLDER: dataFolder, ...env },
  });
  const page = await electron.firstWindow();
  const child = electron.process();
  const app: ServedApp = {
    url: 'app://window/',
    port: 0,
    pid: child.pid ?? 0,
    libraryPath: join(dataFolder, 'library.scholium'),
    errorOutput: () => '',
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) await electron.close();
      return child.exitCode;
    },
    kill: async () => void child.kill('SIGKILL'),
  };
  return { page, app };
}

/** No test may spend what belongs to the person who runs it. */
function withoutKeys(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(([name]) => !/^OPENAI_(API_KEY|BASE_URL)$/.test(name));
  return Object.fromEntries(kept.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
