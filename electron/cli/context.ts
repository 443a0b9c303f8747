import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BackendOptions } from '#backend/backend.ts';
import { printAssetsFolder } from '#backend/built-folders.ts';
import { systemClock } from '#backend/clock.ts';
import { createLog } from '#backend/logs/index.ts';
import type { FileLog } from '#backend/logs/index.ts';
import { backendPaths } from '#backend/paths.ts';
import { findChromium } from '#server/chromium.ts';
import { createPdfHost } from '#server/index.ts';
import type { PdfHost } from '#server/index.ts';
import { newId } from '#shared/domain/ids.ts';
import type { ClientId } from '#shared/domain/ids.ts';
import { exitCodes } from './exit-codes.ts';
import { openTerminal } from './terminal.ts';
import type { Terminal } from './terminal.ts';

/** What every verb works with. */
export interface CommandContext {
  readonly clientId: ClientId;
  readonly terminal: Terminal;
  readonly log: FileLog;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted by Ctrl+C and SIGTERM. */
  readonly interrupted: AbortSignal;
  /** Options for the library that `--library` names; the user's own when it was left out. */
  backendOptions(libraryFile: string | undefined): BackendOptions;
  close(): Promise<void>;
}

export function openContext(): CommandContext {
  const paths = backendPaths(process.env);
  const log = createLog({ folder: paths.logsFolder, clock: systemClock });
  const host: PdfHost = createPdfHost({ findChromium, log });
  return {
    clientId: newId<ClientId>(),
    terminal: openTerminal(),
    log,
    env: process.env,
    interrupted: listenForInterrupts(),
    backendOptions: (libraryFile) => ({
      libraryPath: libraryFile === undefined ? paths.libraryPath : resolve(libraryFile),
      host,
      env: process.env,
      log,
      secretsFolder: paths.secretsFolder,
      assetsFolder: printAssetsFolder,
      appVersion: readVersion(),
      recentLogLines: () => log.recentLines(),
      welcome: false,
    }),
    async close() {
      await host.close();
      log.close();
    },
  };
}

/** One Ctrl+C often arrives twice at once, from the terminal and from whoever started us; later ones are meant. */
const impatientAfterMs = 1_000;

function listenForInterrupts(): AbortSignal {
  const controller = new AbortController();
  let firstMs: number | null = null;
  const interrupt = (): void => {
    firstMs ??= performance.now();
    controller.abort();
    // Whatever is being waited for, such as a library's owner that was stopped, may never come.
    if (performance.now() - firstMs > impatientAfterMs) process.exit(exitCodes.incomplete);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, interrupt);
  return controller.signal;
}

/** From the nearest package.json above this file, in the sources as in the build. */
export function readVersion(): string {
  for (const levels of ['../../', '../../../']) {
    try {
      const text = readFileSync(new URL(`${levels}package.json`, import.meta.url), 'utf8');
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && 'version' in value) return String(value.version);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
  throw new Error('No package.json above the command line.');
}
