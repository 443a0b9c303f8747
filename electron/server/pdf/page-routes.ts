import type { BrowserContext, Route } from 'playwright-core';
import type { PrintablePage } from '#backend/host.ts';
import type { Log } from '#backend/logs/log.ts';
import { listStaticFiles } from '#window-files/static-files.ts';
import type { StaticFiles } from '#window-files/static-files.ts';

/** A name that leads nowhere, should a request ever get past the interception. */
export const printOrigin = 'http://print.invalid';

/**
 * Answers the context's requests from memory: the page itself, and the files of its assets folder by
 * their exact names. Everything else is aborted, so that a printed notebook cannot reach a network.
 */
export async function routePage(context: BrowserContext, page: PrintablePage, log: Log): Promise<void> {
  const files = await listStaticFiles(page.assetsFolder);
  await context.route('**/*', async (route: Route) => {
    try {
      await answer(route, page, files);
    } catch (error) {
      // The page was closed under its own request: an export was stopped.
      log.warn('print-request-unanswered', { reason: error instanceof Error ? error.name : 'unknown' });
    }
  });
}

async function answer(route: Route, page: PrintablePage, files: StaticFiles): Promise<void> {
  const { origin, pathname, search } = new URL(route.request().url());
  if (origin !== printOrigin || search !== '') return route.abort('blockedbyclient');
  if (pathname === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: page.html });
  const file = pathname.startsWith('/assets/') ? files.get(pathname.slice('/assets'.length)) : undefined;
  if (file === undefined) return route.abort('blockedbyclient');
  await route.fulfill({ contentType: file.contentType, body: await file.read() });
}
