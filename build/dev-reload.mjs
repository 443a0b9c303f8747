import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';

/**
 * A vite plugin that makes the window, in development only, look twice a second whether it was built
 * anew. `entrance` is where a window goes whose server was started anew and no longer knows it.
 */
export function reloadWhenBuilt(entrance) {
  return {
    name: 'reload-when-built',
    transform(code, id) {
      if (!id.endsWith('/renderer/app/main.tsx')) return null;
      return { code: `${code}\n${watcher(entrance)}`, map: null };
    },
    // Last of all: whoever reads it finds everything else in place.
    writeBundle({ dir }) {
      const id = randomBytes(8).toString('hex');
      writeFileSync(path.join(dir, 'dev-build.json'), JSON.stringify({ id }));
    },
  };
}

const watcher = (entrance) => `
let loadedBuild;
setInterval(async () => {
  const reply = await fetch('/dev-build.json', { cache: 'no-store' }).catch(() => null);
  if (reply === null || reply.status > 401) return;
  if (reply.status === 401) return location.replace(${JSON.stringify(entrance)});
  const { id } = await reply.json();
  loadedBuild ??= id;
  if (id !== loadedBuild) location.reload();
}, 500);
`;

/**
 * An address on 127.0.0.1 that leads to wherever the server is now. Its path is a secret: the address
 * it leads to lets a browser in.
 */
export async function openEntrance() {
  const path = `/${randomBytes(32).toString('base64url')}`;
  /** @type {string | null} */
  let target = null;
  const server = createServer((request, response) => {
    if (request.url !== path || target === null) response.writeHead(404).end();
    else response.writeHead(302, { Location: target, 'Cache-Control': 'no-store' }).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The entrance has no port.');
  return {
    url: `http://127.0.0.1:${address.port}${path}`,
    leadTo: (url) => {
      target = url;
    },
  };
}
