import type { CustomScheme } from 'electron';
import { securityHeaders } from '#window-files/headers.ts';
import type { StaticFiles } from '#window-files/static-files.ts';

/**
 * The scheme of the window's files, to be registered before the app is ready: an origin like a web
 * server's, so that scripts are modules and the security policy holds; `file://` has neither.
 */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/**
 * Answers requests below `origin` from a list of files, each by its exact address and no other way:
 * no spelling of `..`, encoded or not, leads to a path on the disk.
 */
export function answerFrom(
  origin: string,
  files: () => Promise<StaticFiles>,
  headers: Readonly<Record<string, string>> = securityHeaders,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return new Response(null, { status: 405, headers });
    const file = request.url.startsWith(`${origin}/`)
      ? (await files()).get(request.url.slice(origin.length))
      : undefined;
    if (file === undefined) return new Response(null, { status: 404, headers });
    return new Response(new Uint8Array(await file.read()), {
      status: 200,
      headers: { ...headers, 'Content-Type': file.contentType, 'Cache-Control': file.cacheControl },
    });
  };
}
