import type { BrowserContext, Route } from 'playwright-core';
import type { PrintablePage } from '#backend/host.ts';
import { listStaticFiles } from '../http/static-files.ts';

/** A name that leads nowhere, should a request ever get past the interception. */
export const printOrigin = 'http://print.invalid';

/**
 * Answers the context's requests from memory: the page itself, and the files of its assets folder by
 * their exact names. Everything else is aborted, so that a printed notebook cannot reach a network.
 */
export async function routePage(context: BrowserContext, page: PrintablePage): Promise<void> {
  const files = await listStaticFiles(page.assetsFolder);
  await context.route('**/*', async (route: Route) => {
    const { origin, pathname, search } = new URL(route.request().url());
    if (origin !== printOrigin || search !== '') return route.abort('blockedbyclient');
    if (pathname === '/') return route.fulfill({ contentType: 'text/html; charset=utf-8', body: page.html });
    const file = pathname.startsWith('/assets/') ? files.get(pathname.slice('/assets'.length)) : undefined;
    if (file === undefined) return route.abort('filenotfound');
    await route.fulfill({ contentType: file.contentType, body: await file.read() });
  });
}
