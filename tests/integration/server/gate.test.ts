import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startHttpServer } from '#server/index.ts';
import type { RunningHttpServer } from '#server/index.ts';
import { silentLog } from '#tests/support/silent-log.ts';
import { sendRaw } from './raw-request.ts';
import type { RawAnswer } from './raw-request.ts';

const script = 'export const answer = 42;';
let folder: string;
let server: RunningHttpServer;
let cookie: string;
let acceptedSockets = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scholium-gate-'));
  const renderer = join(folder, 'renderer');
  await mkdir(join(renderer, 'assets'), { recursive: true });
  await writeFile(join(folder, 'secret.txt'), 'outside');
  await writeFile(join(renderer, 'index.html'), '<!doctype html><title>window</title>');
  await writeFile(join(renderer, 'assets', 'main-D1gxQ7Ab.js'), script);
  server = await startHttpServer({
    port: 0,
    rendererFolder: renderer,
    log: silentLog,
    onSocket: () => {
      acceptedSockets += 1;
    },
  });
  const arrival = await sendRaw(server.port, { target: tokenTarget(), headers: [['Host', host()], close] });
  cookie = arrival.headers['set-cookie']?.split(';')[0] ?? '';
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  acceptedSockets = 0;
});

type Header = readonly [string, string];
const close: Header = ['Connection', 'close'];
const host = (): string => `127.0.0.1:${server.port}`;
const tokenTarget = (): string => new URL(server.url).pathname + new URL(server.url).search;

const pageRoutes = ['/', '/assets/main-D1gxQ7Ab.js', '/nothing-here', '/rpc'];

/** A request that is right in every way but those a test changes. */
function headersFor(changes: {
  host?: string | null;
  origin?: string | null;
  site?: string | null;
  cookie?: string | null;
  upgrade?: boolean;
}): Header[] {
  const given = {
    host: changes.host === undefined ? host() : changes.host,
    origin: changes.origin === undefined ? (changes.upgrade ? `http://${host()}` : null) : changes.origin,
    site: changes.site === undefined ? 'same-origin' : changes.site,
    cookie: changes.cookie === undefined ? cookie : changes.cookie,
  };
  const headers: Header[] = [];
  if (given.host !== null) headers.push(['Host', given.host]);
  if (given.origin !== null) headers.push(['Origin', given.origin]);
  if (given.site !== null) headers.push(['Sec-Fetch-Site', given.site]);
  if (given.cookie !== null) headers.push(['Cookie', given.cookie]);
  if (!changes.upgrade) return [...headers, close];
  return [
    ...headers,
    ['Connection', 'Upgrade'],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
  ];
}

function expectRefused(answer: RawAnswer): void {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.headers).not.toHaveProperty('set-cookie');
  expect(answer.body).not.toContain('<title>window</title>');
  expect(answer.body).not.toContain(script);
  expect(acceptedSockets).toBe(0);
}

const foreignHosts = [
  'evil.example',
  'evil.example:80',
  '127.0.0.1.nip.io',
  'localhost.evil.example',
  'evil-localhost',
  'localhost.',
  '127.0.0.1.',
  '2130706433',
  '0x7f000001',
  '127.1',
  '0177.0.0.1',
  '0.0.0.0',
  '127.0.0.2',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[0:0:0:0:0:0:0:1]',
  '::1',
  'LOCALHOST',
  'localhost:',
  'localhost:123456',
  'localhost:80@evil.example',
  'user@localhost',
  'localhost,evil.example',
  'localhost evil.example',
  '127.0.0.1\t.evil.example',
  '',
];

const foreignOrigins = (): string[] => [
  'null',
  'http://evil.example',
  `https://${host()}`,
  `http://${host()}.evil.example`,
  `http://${host()}/`,
  `http://localhost:${server.port}`,
  'http://127.0.0.1',
  'http://127.0.0.1:1',
  `http://${host()}, http://${host()}`,
  'file://',
  'chrome-extension://abcdefghijklmnop',
  '',
];

const foreignSites = ['cross-site', 'same-site', 'Same-Origin', 'anything', ''];

const foreignCookies = (): (string | null)[] => [
  null,
  '',
  `${cookie}x`,
  cookie.slice(0, -1),
  `${cookie.split('=')[0] ?? ''}=`,
  `${cookie.split('=')[0] ?? ''}`,
  `scholium=${cookie.split('=')[1] ?? ''}`,
  `x${cookie}`,
  `${cookie.split('=')[0] ?? ''}=${new URL(server.url).searchParams.get('token') ?? ''}`,
];

const otherMethods = ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'];

describe('a request that is right in every way', () => {
  test('gets the window and its files', async () => {
    const page = await sendRaw(server.port, { target: '/', headers: headersFor({}) });
    expect([page.status, page.headers['cache-control']]).toEqual([200, 'no-store']);
    const file = await sendRaw(server.port, { target: pageRoutes[1] ?? '', headers: headersFor({}) });
    expect([file.status, file.body]).toEqual([200, script]);
    expect(file.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(file.headers['cache-control']).toContain('immutable');
  });

  test.each(['localhost', 'localhost:8888', '127.0.0.1:9999', '[::1]', '[::1]:8888'])(
    'may come through a tunnel whose end is called %s',
    async (name) => {
      const page = await sendRaw(server.port, { target: '/', headers: headersFor({ host: name }) });
      expect(page.status).toBe(200);
      const headers = headersFor({ host: name, origin: `http://${name}`, upgrade: true });
      const socket = await sendRaw(server.port, { target: '/rpc', headers });
      expect(socket.status).toBe(101);
    },
  );

  test('becomes a WebSocket', async () => {
    const answer = await sendRaw(server.port, { target: '/rpc', headers: headersFor({ upgrade: true }) });
    expect(answer.status).toBe(101);
    expect(acceptedSockets).toBe(1);
  });
});

describe('every route', () => {
  const cases: {
    what: string;
    values: () => (string | null)[];
    key: 'host' | 'origin' | 'site' | 'cookie';
  }[] = [
    { what: 'Host', key: 'host', values: () => foreignHosts },
    { what: 'Origin', key: 'origin', values: foreignOrigins },
    { what: 'Sec-Fetch-Site', key: 'site', values: () => foreignSites },
    { what: 'cookie', key: 'cookie', values: foreignCookies },
  ];

  for (const { what, key, values } of cases) {
    test(`refuses a wrong ${what}`, async () => {
      for (const target of pageRoutes) {
        for (const value of values()) {
          expectRefused(await sendRaw(server.port, { target, headers: headersFor({ [key]: value }) }));
        }
      }
    });

    test(`refuses a WebSocket with a wrong ${what}`, async () => {
      for (const target of ['/rpc', '/', '/nothing-here']) {
        for (const value of values()) {
          const headers = headersFor({ [key]: value, upgrade: true });
          expectRefused(await sendRaw(server.port, { target, headers }));
        }
      }
    });
  }

  test('refuses a Host that is missing or given twice', async () => {
    for (const target of pageRoutes) {
      expectRefused(await sendRaw(server.port, { target, headers: headersFor({ host: null }) }));
      for (const second of [host(), 'evil.example']) {
        const headers: Header[] = [...headersFor({}), ['host', second]];
        expectRefused(await sendRaw(server.port, { target, headers }));
        expectRefused(await sendRaw(server.port, { target, headers: headers.toReversed() }));
      }
    }
  });

  test('refuses every method but GET, for pages and WebSockets', async () => {
    for (const method of otherMethods) {
      for (const target of pageRoutes) {
        const page = await sendRaw(server.port, { method, target, headers: headersFor({}) });
        expectRefused(page);
        const fromOurPage = headersFor({ origin: `http://${host()}` });
        const answer = await sendRaw(server.port, { method, target, headers: fromOurPage });
        expect([405, 400]).toContain(answer.status);
        const upgrade = headersFor({ upgrade: true });
        expectRefused(await sendRaw(server.port, { method, target, headers: upgrade }));
      }
    }
  });

  test('refuses a WebSocket without Origin, which every browser sends', async () => {
    const headers = headersFor({ origin: null, upgrade: true });
    expectRefused(await sendRaw(server.port, { target: '/rpc', headers }));
  });

  test('serves nothing outside the built window, however its path is spelled', async () => {
    const targets = [
      '/../secret.txt',
      '/assets/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/..%5csecret.txt',
      '/assets/..\\..\\secret.txt',
      '//secret.txt',
      '/./index.html',
      '/index.html',
      '/assets',
      '/assets/',
      '/assets/main-D1gxQ7Ab.js/',
      '/assets/main-D1gxQ7Ab.js%00.html',
      '/assets//main-D1gxQ7Ab.js',
      '/ASSETS/main-D1gxQ7Ab.js',
      '/__proto__',
      '/constructor',
      `http://127.0.0.1:${server.port}/`,
      'http://evil.example/',
      '*',
    ];
    for (const target of targets) {
      const answer = await sendRaw(server.port, { target, headers: headersFor({}) });
      expectRefused(answer);
      expect(answer.body).not.toContain('outside');
    }
  });

  test('carries the security headers, refusals too', async () => {
    const answers = [
      await sendRaw(server.port, { target: '/', headers: headersFor({}) }),
      await sendRaw(server.port, { target: '/', headers: headersFor({ cookie: null }) }),
      await sendRaw(server.port, { target: '/rpc', headers: headersFor({ cookie: null, upgrade: true }) }),
    ];
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['permissions-policy']).toContain('camera=()');
    }
  });
});

describe('the token', () => {
  test('is exchanged for a strict HttpOnly cookie, and leaves the address', async () => {
    const answer = await sendRaw(server.port, {
      target: tokenTarget(),
      headers: headersFor({ cookie: null }),
    });
    expect([answer.status, answer.headers['location']]).toEqual([303, '/']);
    expect(answer.headers['set-cookie']).toMatch(
      /^scholium-[0-9a-f]{12}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect(answer.headers['set-cookie']).not.toContain(new URL(server.url).searchParams.get('token'));
  });

  test('still works in a link from elsewhere, with one more step that is our own', async () => {
    const headers: Header[] = [
      ...headersFor({ cookie: null, site: 'cross-site' }),
      ['Sec-Fetch-Mode', 'navigate'],
      ['Sec-Fetch-Dest', 'document'],
    ];
    const answer = await sendRaw(server.port, { target: tokenTarget(), headers });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('http-equiv="refresh"');
    expect(answer.body).not.toContain(new URL(server.url).searchParams.get('token'));
  });

  test('is no use to a picture, a frame or a script of another page', async () => {
    const uses = [
      ['no-cors', 'image'],
      ['navigate', 'iframe'],
      ['cors', 'empty'],
      ['no-cors', 'script'],
    ];
    for (const [mode = '', destination = ''] of uses) {
      const headers: Header[] = [
        ...headersFor({ cookie: null, site: 'cross-site' }),
        ['Sec-Fetch-Mode', mode],
        ['Sec-Fetch-Dest', destination],
      ];
      expectRefused(await sendRaw(server.port, { target: tokenTarget(), headers }));
    }
  });

  test('opens nothing but the page itself', async () => {
    for (const path of ['/assets/main-D1gxQ7Ab.js', '/rpc', '/nothing-here']) {
      const target = path + new URL(server.url).search;
      expectRefused(await sendRaw(server.port, { target, headers: headersFor({ cookie: null }) }));
      const headers = headersFor({ cookie: null, upgrade: true });
      expectRefused(await sendRaw(server.port, { target, headers }));
    }
  });

  test('is not accepted from a foreign Host or Origin', async () => {
    for (const name of foreignHosts) {
      expectRefused(
        await sendRaw(server.port, {
          target: tokenTarget(),
          headers: headersFor({ host: name, cookie: null }),
        }),
      );
    }
    for (const origin of foreignOrigins()) {
      const headers = headersFor({ origin, cookie: null });
      expectRefused(await sendRaw(server.port, { target: tokenTarget(), headers }));
    }
  });

  test('is never replaced by one of 10,000 guesses, which are slowed down soon', async () => {
    const guessing = await startHttpServer({
      port: 0,
      rendererFolder: folder,
      log: silentLog,
      onSocket: () => expect.unreachable('A guess became a WebSocket'),
    });
    const right = new URL(guessing.url).searchParams.get('token') ?? '';
    const guesses = ['', right.slice(1), `${right}A`, right.toLowerCase(), ` ${right}`, 'undefined', '[]'];
    for (let guess = guesses.length; guess < 10_000; guess += 1) guesses.push(`${guess}${right.slice(5)}`);
    const statuses = new Map<number, number>();
    for (let start = 0; start < guesses.length; start += 50) {
      const answers = await Promise.all(
        guesses.slice(start, start + 50).map((guess) =>
          sendRaw(guessing.port, {
            target: `/?token=${encodeURIComponent(guess)}`,
            headers: [['Host', `127.0.0.1:${guessing.port}`], close],
          }),
        ),
      );
      for (const answer of answers) {
        expect(answer.headers).not.toHaveProperty('set-cookie');
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      }
    }
    await guessing.close();
    expect(new Set(statuses.keys())).toEqual(new Set([401, 429]));
    expect(statuses.get(429)).toBeGreaterThan(9_000);
  });
});

test('only the loopback address is listened on', async () => {
  await expect(
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://[::1]:${server.port}/rpc`);
      socket.on('open', resolve);
      socket.on('error', reject);
    }),
  ).rejects.toThrow();
});

test('a port that another program uses is refused by its number', async () => {
  const again = startHttpServer({
    port: server.port,
    rendererFolder: folder,
    log: silentLog,
    onSocket: () => undefined,
  });
  await expect(again).rejects.toMatchObject({
    failure: { code: 'port-busy', params: { port: server.port } },
  });
});
