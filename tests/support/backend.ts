import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBackend } from '#backend/backend.ts';
import type { Backend, BackendOptions } from '#backend/backend.ts';
import type { Host } from '#backend/host.ts';
import { createMemoryLog } from '#backend/logs/index.ts';
import { refuse } from '#shared/domain/failure.ts';

/** A shell that has no browser to print with. */
export const hostWithoutBrowser: Host = {
  canPrintPdf: () => Promise.resolve(false),
  printPdf: () => Promise.reject(refuse('chromium-missing', {})),
};

/** A real backend on a library in memory, with its secrets in a folder of its own. */
export async function openTestBackend(
  options: Partial<BackendOptions> = {},
): Promise<Backend & { dispose(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'scholium-backend-'));
  const backend = await startBackend({
    libraryPath: ':memory:',
    host: hostWithoutBrowser,
    env: {},
    log: createMemoryLog(),
    secretsFolder: folder,
    assetsFolder: folder,
    appVersion: '0.0.0-test',
    recentLogLines: () => [],
    welcome: true,
    ...options,
  });
  return {
    ...backend,
    async dispose() {
      await backend.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
