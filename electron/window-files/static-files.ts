import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

export interface StaticFile {
  readonly contentType: string;
  readonly cacheControl: string;
  read(): Promise<Buffer>;
}

/** The answer for each path, exactly as it stands in a request; there is no other way to a file. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** `name-D1gxQ7Ab.js`: the bundler puts a hash of the contents into the name, so they never change. */
const hashedName = /-[\w-]{8,}\.\w+$/;

/**
 * Lists the built window, once. Requests are looked up in this list by their exact path, never joined
 * to a folder's path: no spelling of `..` leads anywhere. A folder that is not there gives an empty list.
 */
export async function listStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  for (const absolutePath of await filesBelow(folder)) {
    const path = `/${relative(folder, absolutePath).split(sep).join('/')}`;
    const file: StaticFile = {
      contentType: contentTypes[extname(path)] ?? 'application/octet-stream',
      cacheControl: cacheControlOf(path),
      read: () => readFile(absolutePath),
    };
    files.set(path === '/index.html' ? '/' : path, file);
  }
  return files;
}

function cacheControlOf(path: string): string {
  if (path.endsWith('.html')) return 'no-store';
  const isHashed = path.startsWith('/assets/') && hashedName.test(path);
  return isHashed ? 'private, max-age=31536000, immutable' : 'no-cache';
}

/** Folder by folder: reading a packed app's folders all at once is not to be relied on. */
async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const found = entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    });
    return (await Promise.all(found)).flat();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
