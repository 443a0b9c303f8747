import { EventEmitter } from 'node:events';
import type { HandlerDetails, Session, WebContents, WebFrameMain } from 'electron';
import { describe, expect, test } from 'vitest';
import { securityHeaders } from '#window-files/headers.ts';
import type { StaticFile } from '#window-files/static-files.ts';
import { answerFrom, appScheme } from '#main/security/app-scheme.ts';
import { refuseForeignDownloads } from '#main/security/downloads.ts';
import { judgeLink, openLink } from '#main/security/external-links.ts';
import { keepOnPage } from '#main/security/navigation.ts';
import { refuseNewWindows } from '#main/security/new-windows.ts';
import { isOwnAddress, isOwnPage } from '#main/security/own-address.ts';
import { refusePermissions } from '#main/security/permissions.ts';
import { ownOrigin, refuseForeignRequests } from '#main/security/requests.ts';
import { trustedFrame } from '#main/security/sender.ts';
import { printPreferences, windowPreferences } from '#main/security/web-preferences.ts';
import { refuseWebviews } from '#main/security/webviews.ts';

/** Addresses that look like the window's and are not. */
const impostors = [
  'app://window.evil/',
  'app://window@evil/',
  'app://user@window/',
  'app://window:80/',
  'app://print/',
  'app:///etc/passwd',
  'app:window',
  'apps://window/',
  'http://window/',
  'https://x/?next=app://window/',
  'file:///etc/passwd',
  'file://window/',
  'javascript:app://window/',
  'about:blank',
  '//window/',
  '',
];

describe('our own address', () => {
  test('is told from every impostor by its parts', () => {
    expect(isOwnAddress('app://window/')).toBe(true);
    expect(isOwnAddress('app://window/assets/x.js')).toBe(true);
    expect(impostors.filter(isOwnAddress)).toEqual([]);
  });

  test('is the page itself only without a path or a query', () => {
    expect(isOwnPage('app://window/')).toBe(true);
    expect(isOwnPage('app://window/#/notebook/1')).toBe(true);
    expect(['app://window/assets/x.js', 'app://window/?a=1', ...impostors].filter(isOwnPage)).toEqual([]);
  });
});

describe('the app:// scheme', () => {
  const file: StaticFile = {
    contentType: 'text/javascript; charset=utf-8',
    cacheControl: 'no-cache',
    read: () => Promise.resolve(Buffer.from('let x;')),
  };
  const answer = answerFrom('app://window', () =>
    Promise.resolve(
      new Map([
        ['/', file],
        ['/a/x.js', file],
      ]),
    ),
  );
  const ask = (url: string, method = 'GET') => answer({ url, method } as Request);

  test('has an origin like a server’s, is secure, and bypasses no policy', () => {
    expect(appScheme.scheme).toBe('app');
    expect(appScheme.privileges).toMatchObject({ standard: true, secure: true });
    expect(appScheme.privileges?.bypassCSP ?? false).toBe(false);
    expect(appScheme.privileges?.allowServiceWorkers ?? false).toBe(false);
    expect(appScheme.privileges?.allowExtensions ?? false).toBe(false);
  });

  test('answers what is on its list, with the headers of the browser shell', async () => {
    const found = await ask('app://window/a/x.js');
    expect([found.status, await found.text()]).toEqual([200, 'let x;']);
    for (const [name, value] of Object.entries(securityHeaders)) expect(found.headers.get(name)).toBe(value);
    expect(found.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });

  test.each([
    'app://../../etc/passwd',
    'app://window/../../etc/passwd',
    'app://window/%2e%2e/%2e%2e/etc/passwd',
    'app://window/..%2f..%2fetc%2fpasswd',
    'app://window/%252e%252e/etc/passwd',
    'app://window/..\\..\\etc\\passwd',
    'app://window//etc/passwd',
    'app://window/%2Fetc%2Fpasswd',
    'app:///etc/passwd',
    'app://window/C:/Windows/win.ini',
    'app://window/a/x.js%00.html',
    'app://window/a/./x.js',
    'app://window/A/x.js',
    'app://window/a/x.js?y',
    'app://window.evil/a/x.js',
    'app://print/a/x.js',
  ])('does not find %s', async (url) => {
    const refused = await ask(url);
    expect([refused.status, await refused.text()]).toEqual([404, '']);
    expect(refused.headers.get('content-security-policy')).toBe(securityHeaders['Content-Security-Policy']);
  });

  test('takes no method but GET', async () => {
    expect((await ask('app://window/', 'POST')).status).toBe(405);
  });
});

test('the content security policy is the whole of the checklist’s', () => {
  const policy = securityHeaders['Content-Security-Policy']?.split('; ') ?? [];
  expect(policy).toEqual(
    expect.arrayContaining([
      "default-src 'none'",
      "script-src 'self'",
      "img-src 'self' data: blob:",
      "connect-src 'self'",
      "frame-src 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]),
  );
  expect(policy.join('; ')).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
});

test.each([
  ['a window', windowPreferences('/preload.cjs')],
  ['a printed page', printPreferences('print-1')],
])('%s is sandboxed, isolated, and has neither Node nor anything experimental', (_name, preferences) => {
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
  });
  for (const forbidden of ['enableBlinkFeatures', 'additionalArguments', 'plugins']) {
    expect(preferences).not.toHaveProperty(forbidden);
  }
});

test('a printed page has no preload, and keeps nothing on the disk', () => {
  const preferences = printPreferences('print-1');
  expect(preferences).not.toHaveProperty('preload');
  expect(preferences.partition).not.toMatch(/^persist:/);
});

describe('navigation', () => {
  const navigate = (event: string, url: string, isMainFrame = true) => {
    const contents = new EventEmitter();
    const followed: string[] = [];
    keepOnPage(contents as unknown as WebContents, (address) => followed.push(address));
    let isPrevented = false;
    contents.emit(event, { url, isMainFrame, preventDefault: () => (isPrevented = true) });
    return { isPrevented, followed };
  };

  test.each(['will-frame-navigate', 'will-navigate'])('by %s stays on the page', (event) => {
    expect(navigate(event, 'app://window/').isPrevented).toBe(false);
    for (const url of impostors) expect([url, navigate(event, url).isPrevented]).toEqual([url, true]);
  });

  test('of a frame inside the page is never allowed, and follows no link', () => {
    for (const event of ['will-frame-navigate', 'will-navigate']) {
      const { isPrevented, followed } = navigate(event, 'app://window/', false);
      expect([isPrevented, followed]).toEqual([true, []]);
    }
    expect(navigate('will-frame-navigate', 'https://x/', false).followed).toEqual([]);
  });

  test('by a redirect is never allowed', () => {
    expect(navigate('will-redirect', 'app://window/').isPrevented).toBe(true);
  });

  test('elsewhere becomes a link to be judged, once', () => {
    expect(navigate('will-frame-navigate', 'https://example.org/').followed).toEqual([
      'https://example.org/',
    ]);
  });
});

test('no page opens a window; its link is judged instead', () => {
  const followed: string[] = [];
  let handler: Parameters<WebContents['setWindowOpenHandler']>[0] | null = null;
  refuseNewWindows({ setWindowOpenHandler: (given) => (handler = given) }, (address) =>
    followed.push(address),
  );
  const open = (url: string) => handler?.({ url } as HandlerDetails);
  expect(open('app://window/')).toEqual({ action: 'deny' });
  expect(open('https://example.org/')).toEqual({ action: 'deny' });
  expect(followed).toEqual(['app://window/', 'https://example.org/']);
});

test('nothing is attached to a webview', () => {
  const contents = new EventEmitter();
  refuseWebviews(contents as unknown as WebContents);
  let isPrevented = false;
  contents.emit('will-attach-webview', { preventDefault: () => (isPrevented = true) }, {}, {});
  expect(isPrevented).toBe(true);
});

describe('permissions', () => {
  const names = [
    'media',
    'clipboard-read',
    'clipboard-sanitized-write',
    'geolocation',
    'notifications',
    'openExternal',
    'fileSystem',
    'usb',
    'unknown',
  ] as const;
  type Handlers = {
    request: NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
    check: NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
    device: NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;
    display: NonNullable<Parameters<Session['setDisplayMediaRequestHandler']>[0]>;
  };
  const handlers: Partial<Handlers> = {};
  refusePermissions({
    setPermissionRequestHandler: (given) => given && (handlers.request = given),
    setPermissionCheckHandler: (given) => given && (handlers.check = given),
    setDevicePermissionHandler: (given) => given && (handlers.device = given),
    setDisplayMediaRequestHandler: (given) => given && (handlers.display = given),
  });

  test.each(names)('%s is refused when it is asked for, and when it is looked up', (name) => {
    const answers: boolean[] = [];
    handlers.request?.({} as WebContents, name, (isGranted) => answers.push(isGranted), {} as never);
    expect(answers).toEqual([false]);
    expect(handlers.check?.(null, name, 'app://window', {} as never)).toBe(false);
  });

  test('no device is handed over, and no screen is shown to a page', () => {
    expect(handlers.device?.({} as never)).toBe(false);
    const streams: unknown[] = [];
    handlers.display?.({} as never, (given) => streams.push(given));
    expect(streams).toEqual([null]);
  });
});

describe('requests', () => {
  const isCancelled = (isOwn: (address: string) => boolean, url: string): boolean | undefined => {
    let answer: boolean | undefined;
    const webRequest = {
      onBeforeRequest: (
        listener: (details: { url: string }, answer: (given: { cancel?: boolean }) => void) => void,
      ) => listener({ url }, ({ cancel }) => (answer = cancel)),
    };
    refuseForeignRequests({ webRequest } as unknown as Session, isOwn);
    return answer;
  };

  test('for our own files, and for what a page holds itself, are let through', () => {
    for (const url of [
      'app://window/',
      'app://window/assets/x.js',
      'blob:app://window/1-2',
      'data:image/png;base64,AA',
    ]) {
      expect([url, isCancelled(isOwnAddress, url)]).toEqual([url, false]);
    }
  });

  test('for anything else are denied', () => {
    const foreign = [
      ...impostors,
      'https://example.org/',
      'http://127.0.0.1:1/',
      'ws://127.0.0.1/',
      'ftp://x/',
      'devtools://devtools/',
      'chrome-extension://x/',
      'blob:https://example.org/1',
      'blob:null/1',
      'filesystem:app://window/x',
    ];
    for (const url of foreign) expect([url, isCancelled(isOwnAddress, url)]).toEqual([url, true]);
  });

  test('of a printed page reach its own files and not the window’s', () => {
    expect(isCancelled(ownOrigin('app://print'), 'app://print/assets/print.css')).toBe(false);
    expect(isCancelled(ownOrigin('app://print'), 'app://window/')).toBe(true);
  });
});

describe('a link', () => {
  test.each([
    ['https://example.org/a?b#c', 'open'],
    ['HTTPS://EXAMPLE.ORG', 'open'],
    ['http://example.org/', 'ask'],
    ['mailto:someone@example.org', 'ask'],
    ['https://bank.example@evil.example/', 'ask'],
  ])('%s: %s', (address, kind) => {
    expect(judgeLink(address).kind).toBe(kind);
  });

  test.each([
    'file:///etc/passwd',
    'file://host/share/x.exe',
    '\\\\host\\share',
    'smb://host/share',
    'javascript:alert(1)',
    ' jAvAsCrIpT:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'blob:app://window/1',
    'vbscript:x',
    'ms-settings:',
    'ms-msdt:/id',
    'search-ms:query=x',
    'vscode://x',
    'app://window/',
    'ftp://x/',
    'ssh://x/',
    'tel:1',
    'x',
    '',
  ])('%s is never opened', async (address) => {
    const asked: string[] = [];
    const opened: string[] = [];
    await openLink(address, {
      open: async (given) => void opened.push(given),
      ask: async (given) => asked.push(given) > 0,
    });
    expect([asked, opened]).toEqual([[], []]);
  });

  test('too long to be shown whole is never opened', () => {
    expect(judgeLink(`https://example.org/${'a'.repeat(3_000)}`)).toEqual({ kind: 'refuse' });
  });

  test('over http is opened after the whole address was shown, and only with a yes', async () => {
    for (const isAgreed of [true, false]) {
      const asked: string[] = [];
      const opened: string[] = [];
      await openLink('http://xn--e1aybc.example/a?b=c#d', {
        open: async (given) => void opened.push(given),
        ask: async (given) => {
          asked.push(given);
          return isAgreed;
        },
      });
      expect(asked).toEqual(['http://xn--e1aybc.example/a?b=c#d']);
      expect(opened).toEqual(isAgreed ? asked : []);
    }
  });
});

describe('a message', () => {
  const from = (frame: Pick<WebFrameMain, 'url' | 'parent'> | null) =>
    trustedFrame({ senderFrame: frame as WebFrameMain | null });

  test('from the top frame of our page is read', () => {
    expect(from({ url: 'app://window/#/notebook/1', parent: null })).not.toBeNull();
  });

  test('from a frame that is gone, inside another, or of another page is not', () => {
    expect(from(null)).toBeNull();
    expect(from({ url: 'app://window/', parent: {} as WebFrameMain })).toBeNull();
    for (const url of impostors) expect([url, from({ url, parent: null })]).toEqual([url, null]);
  });
});

test('only what the window made itself is saved to a file', () => {
  const session = new EventEmitter();
  refuseForeignDownloads(session as unknown as Session);
  const isPrevented = (url: string): boolean => {
    let prevented = false;
    session.emit('will-download', { preventDefault: () => (prevented = true) }, { getURL: () => url });
    return prevented;
  };
  expect(isPrevented('blob:app://window/1-2')).toBe(false);
  for (const url of [
    'https://example.org/x.exe',
    'data:application/pdf,x',
    'blob:https://x/1',
    ...impostors,
  ]) {
    expect([url, isPrevented(url)]).toEqual([url, true]);
  }
});
