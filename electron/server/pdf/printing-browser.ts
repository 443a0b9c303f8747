import type { Browser } from 'playwright-core';
import type { Log } from '#backend/logs/log.ts';
import { refuse } from '#shared/domain/failure.ts';

/** A browser kept for the next export for this long after the last one. */
const keptWarmMs = 60_000;

export interface PrintingBrowser {
  /** Runs `work` in a browser, started now or still warm. Throws `pdf-failed` when none starts. */
  use<Result>(executablePath: string, work: (browser: Browser) => Promise<Result>): Promise<Result>;
  /** Ends the browser under whatever it is doing: a page that is busy cannot be closed politely. */
  abandon(): void;
  close(): Promise<void>;
}

/** One Chromium for all exports, started when it is first needed. */
export function createPrintingBrowser(log: Log): PrintingBrowser {
  let started: Promise<Browser> | null = null;
  let users = 0;
  let coolDown: NodeJS.Timeout | undefined;

  const close = async (): Promise<void> => {
    clearTimeout(coolDown);
    const closing = started;
    started = null;
    const browser = await closing?.catch(() => null);
    await browser?.close();
  };

  const start = (executablePath: string): Promise<Browser> => {
    const starting = launch(executablePath, log);
    const forget = (): void => {
      if (started === starting) started = null;
    };
    starting.then((browser) => browser.once('disconnected', forget), forget);
    return starting;
  };

  return {
    close,
    abandon: () => void close().catch((error: unknown) => log.error('chromium-not-closed', error)),
    async use(executablePath, work) {
      clearTimeout(coolDown);
      users += 1;
      try {
        started ??= start(executablePath);
        return await work(await started);
      } finally {
        users -= 1;
        if (users === 0) coolDown = setTimeout(() => void close(), keptWarmMs).unref();
      }
    },
  };
}

async function launch(executablePath: string, log: Log): Promise<Browser> {
  // Chromium refuses to run as root inside its sandbox; what it prints has no scripts and no network.
  const isRootOnLinux = process.platform === 'linux' && process.getuid?.() === 0;
  if (isRootOnLinux) log.warn('chromium-without-sandbox', { reason: 'root' });
  try {
    // Loaded with the first export: no start waits for it.
    const { chromium } = await import('playwright-core');
    return await chromium.launch({
      executablePath,
      chromiumSandbox: !isRootOnLinux,
      args: ['--disable-background-networking', '--disable-gpu', '--no-first-run'],
    });
  } catch (error) {
    log.warn('chromium-did-not-start');
    throw refuse('pdf-failed', { reason: 'Chromium did not start' }, { cause: error });
  }
}
