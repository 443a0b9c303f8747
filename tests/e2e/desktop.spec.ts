import { mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { desktopMessages } from '#shared/messages/desktop.ts';
import type { StandInApp } from '../support/electron-stand-in/index.ts';
import { startStandIn } from '../support/electron-stand-in/index.ts';
import { temporaryDataFolder } from '../support/served-app.ts';
import { expect, test } from './app.ts';

const say = desktopMessages;
const status = (page: Page) => page.getByRole('contentinfo', { name: 'Status' });

async function writeNote(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a note here' }).last().click();
  await page.getByRole('textbox', { name: 'Text of the note' }).fill(text);
}

async function startOnEmptyNotebook(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New notebook' }).click();
  await page.locator('.rename-field').press('Enter');
}

/** Until a dialog with this title was shown. */
async function untilTold(app: StandInApp, title: string): Promise<string> {
  await expect.poll(() => app.dialogs.map(({ message }) => message)).toContain(title);
  return app.dialogs.find(({ message }) => message === title)?.detail ?? '';
}

test('the app opens on a notebook, from its own files, with nothing refused that it needs', async ({
  page,
  desktop,
}) => {
  const app = await desktop();
  const problems: string[] = [];
  const addresses: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('request', (request) => addresses.push(request.url()));
  const answer = await page.reload();
  await expect(page.locator('.katex').first()).toBeVisible();
  const { origin } = new URL(page.url());
  expect(problems).toEqual([]);
  expect(
    addresses.filter((address) => !address.startsWith(`${origin}/`) && !address.startsWith('data:')),
  ).toEqual([]);
  expect(answer?.headers()['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(app.schemes).toEqual([{ isBeforeReady: true, scheme: expect.objectContaining({ scheme: 'app' }) }]);
  expect(app.windows[0]?.webContents.getURL()).toMatch(/^app:\/\/window\/#\/notebook\//);
});

test('every page, the one that is printed too, is sandboxed, and nothing is granted in its session', async ({
  page,
  desktop,
  dataFolder,
}) => {
  const target = join(dataFolder, 'out.pdf');
  const app = await desktop({ choose: () => [target] });
  await expect(page.locator('.katex').first()).toBeVisible();
  command(app, say.menu.exportPdf);
  await expect.poll(() => readFile(target).catch(() => null)).not.toBeNull();
  const pdf = (await readFile(target)).toString('latin1');
  expect([pdf.startsWith('%PDF-'), /\/StructTreeRoot/.test(pdf), /\/Outlines/.test(pdf)]).toEqual([
    true,
    true,
    true,
  ]);

  expect(app.everyWindow).toHaveLength(2);
  for (const { options } of app.everyWindow) {
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
  }
  expect(app.sessions).toHaveLength(2);
  for (const session of app.sessions) {
    expect(session.permissionCheck?.(null, 'media', '', {} as never)).toBe(false);
    const granted: boolean[] = [];
    session.permissionRequest?.({} as never, 'clipboard-read', (is) => granted.push(is), {} as never);
    expect(granted).toEqual([false]);
    expect(session.isSpellCheckerEnabled).toBe(false);
    for (const foreign of ['https://example.org/', 'file:///etc/passwd', 'http://127.0.0.1:1/']) {
      expect([foreign, await session.isRefused(foreign)]).toEqual([foreign, true]);
    }
  }
});

test('a page that asks for a camera, the clipboard, a window, a file or a server gets nothing', async ({
  page,
  desktop,
  context,
}) => {
  const app = await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  const before = page.url();
  const got = await page.evaluate(async () => {
    const outcomes: Record<string, boolean> = {};
    const attempt = async (name: string, work: () => Promise<unknown>): Promise<void> => {
      outcomes[name] = await work().then(
        () => true,
        () => false,
      );
    };
    await attempt('camera', () => navigator.mediaDevices.getUserMedia({ video: true }));
    await attempt('clipboard', () => navigator.clipboard.readText());
    await attempt('https', () => fetch('https://example.org/'));
    await attempt('file', () => fetch('file:///etc/passwd'));
    await attempt('loopback', () => fetch('http://127.0.0.1:1/', { mode: 'no-cors' }));
    outcomes['popup'] = window.open('https://example.org/popup') !== null && window.length > 0;
    outcomes['node'] = 'process' in window || 'require' in window || 'module' in window;
    return outcomes;
  });
  expect(got).toEqual({
    camera: false,
    clipboard: false,
    https: false,
    file: false,
    loopback: false,
    popup: false,
    node: false,
  });
  for (const address of ['file:///etc/passwd', 'http://127.0.0.1:1/', 'app://window/assets/x.js']) {
    await page
      .evaluate((to) => {
        window.location.href = to;
      }, address)
      .catch(() => undefined);
  }
  await expect(page.locator('.katex').first()).toBeVisible();
  expect(page.url()).toBe(before);
  expect(context.pages()).toHaveLength(1);
  // What would have been a window is a link like any other, judged by the same rule.
  expect(app.links).toEqual(['https://example.org/popup']);
});

test('a link in a note is opened outside: https at once, http after its address was shown', async ({
  page,
  desktop,
}) => {
  const app = await desktop({ answer: ({ message }) => (message === say.link.title ? 1 : 0) });
  await startOnEmptyNotebook(page);
  await writeNote(
    page,
    '[safe](https://example.org/safe) [plain](http://example.org/plain) [file](file:///etc/passwd)',
  );
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'safe' }).click();
  await expect.poll(() => app.links).toEqual(['https://example.org/safe']);
  expect(app.dialogs).toEqual([]);
  await page.getByRole('link', { name: 'plain' }).click();
  expect(await untilTold(app, say.link.title)).toBe('http://example.org/plain');
  await expect.poll(() => app.links).toEqual(['https://example.org/safe', 'http://example.org/plain']);
  await expect(page.getByRole('link', { name: 'file' })).toHaveCount(0);
});

test('a message from a frame that is not ours is answered with nothing', async ({ page, desktop }) => {
  const app = await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  const contents = app.windows[0]?.webContents;
  const handed: unknown[] = [];
  const postMessage = (...given: unknown[]): void => void handed.push(given);
  const own = { url: 'app://window/', parent: null, postMessage };
  const foreign = [
    null,
    { ...own, url: 'https://example.org/' },
    { ...own, url: 'app://window.evil/' },
    { ...own, parent: own },
  ];
  for (const senderFrame of foreign) app.ipc('port', { sender: contents, senderFrame });
  // Ours, but of a window that is not open: there is no library to connect it to.
  app.ipc('port', { sender: { id: -1 }, senderFrame: own });
  expect(handed).toEqual([]);
  app.ipc('port', { sender: contents, senderFrame: own });
  expect(handed).toHaveLength(1);
});

test('a backend that is killed is started again, and nothing that was typed is lost', async ({
  page,
  desktop,
}) => {
  const app = await desktop();
  await startOnEmptyNotebook(page);
  await writeNote(page, 'Before the crash');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  app.backends.at(-1)?.crash();
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('Typed in the gap');
  expect(await untilTold(app, say.backendRestarted.title)).toContain('is in your library');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/, { timeout: 20_000 });
  await page.reload();
  await expect(page.getByText('Typed in the gap')).toBeVisible();
  expect(app.backends).toHaveLength(2);
});

test('a backend killed three times in a minute stays down, says so, and offers the diagnostics', async ({
  page,
  desktop,
}) => {
  const answers = [0, 1];
  const app = await desktop({
    answer: ({ message }) => (message === say.backendGaveUp.title ? (answers.shift() ?? 2) : 0),
  });
  await expect(page.locator('.katex').first()).toBeVisible();
  for (let death = 1; death <= 3; death += 1) {
    const backend = app.backends.at(-1);
    backend?.crash();
    await backend?.gone;
  }
  expect(await untilTold(app, say.backendGaveUp.title)).toContain('not started again by itself');
  // First "Copy diagnostics", then "Start again".
  await expect.poll(() => app.clipboard()).toContain('Scholium 0.0.0');
  await expect.poll(() => app.backends.length).toBe(4);
  await expect(status(page)).toContainText('Connected', { timeout: 20_000 });
});

test('quitting waits for what was typed last', async ({ page, desktop }) => {
  const app = await desktop();
  await startOnEmptyNotebook(page);
  await writeNote(page, 'Saved before');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('The very last words');
  await app.quit();

  await desktop();
  await expect(page.getByText('The very last words')).toBeVisible();
  await expect(page.getByText('Text that an earlier window could not save')).toHaveCount(0);
});

test('a window that died is offered again, with its text', async ({ page, desktop }) => {
  const app = await desktop();
  await startOnEmptyNotebook(page);
  await writeNote(page, 'Still here');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  app.windows[0]?.webContents.forcefullyCrashRenderer();
  expect(await untilTold(app, say.windowGone.title)).toContain('is in your library');
  await expect(page.getByText('Still here').first()).toBeVisible();
});

test('the app and its machine may die: what was said to be saved is there', async ({ page, desktop }) => {
  const app = await desktop();
  await startOnEmptyNotebook(page);
  await writeNote(page, 'Kept for good');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  await app.crash();
  await desktop();
  await expect(page.getByText('Kept for good')).toBeVisible();
});

test('files given to the app: Markdown is imported; all else is refused in a sentence', async ({
  page,
  desktop,
  dataFolder,
}) => {
  const at = (name: string): string => join(dataFolder, name);
  await writeFile(at('landau.md'), '# Landau levels\n\nA note.\n');
  await writeFile(at('lab.ipynb'), '{}');
  await writeFile(at('page.html'), '<script>document.title = "bad"</script>');
  await mkdir(at('folder.md'));
  const huge = await open(at('huge.md'), 'w');
  await huge.truncate(2 * 1024 ** 3);
  await huge.close();

  const app = await desktop({ args: [at('landau.md')] });
  await expect(page.getByRole('heading', { name: 'Landau levels' })).toBeVisible();

  const give = (path: string): void =>
    void app.app.emit('open-file', { preventDefault: () => undefined }, path);
  const told = async (part: string): Promise<void> => {
    await expect.poll(() => app.dialogs.map(({ detail }) => detail ?? '').join('\n')).toContain(part);
  };
  give(at('lab.ipynb'));
  await told(say.cannotOpen.jupyter(at('lab.ipynb')));
  give(at('page.html'));
  await told(say.cannotOpen.unknown(at('page.html')));
  give(dataFolder);
  await told(say.cannotOpen.unknown(dataFolder));
  give(at('folder.md'));
  await told('folder.md');
  give(at('huge.md'));
  await told('huge.md');
  give(at('missing.md'));
  await told('missing.md');
  app.app.emit('second-instance', {}, ['electron', '.', 'https://example.org/x.md'], dataFolder);
  await told(say.cannotOpen.unknown('https://example.org/x.md'));
  await expect(page.getByRole('heading', { name: 'Landau levels' })).toBeVisible();
  await expect(page.getByRole('link', { name: /Welcome to Scholium|Landau levels/ })).toHaveCount(2);
});

test('what is dropped on the window leaves the page where it is, and imports Markdown alone', async ({
  page,
  desktop,
}) => {
  await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  const before = page.url();
  const isLeft = await page.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['<h1>x</h1>'], 'page.html', { type: 'text/html' }));
    const drop = new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true });
    return document.body.dispatchEvent(drop);
  });
  // Not cancelled would mean: left to the browser, which would show it.
  expect(isLeft).toBe(false);
  await expect(page.getByText(/page\.html/).first()).toBeVisible();
  expect(page.url()).toBe(before);
});

test('a second start brings the window to the front, and opens what it was given', async ({
  page,
  desktop,
  dataFolder,
}) => {
  await writeFile(join(dataFolder, 'second.md'), '# From a second start\n');
  const app = await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  const [window] = app.windows;
  if (!window) throw new Error('No window');
  window.state = { ...window.state, isMinimized: true, isFocused: false };
  app.app.emit('second-instance', {}, ['electron', '.'], dataFolder);
  expect([window.isMinimized(), window.isFocused()]).toEqual([false, true]);
  app.app.emit('second-instance', {}, ['electron', '.', 'second.md'], dataFolder);
  await expect(page.getByRole('heading', { name: 'From a second start' })).toBeVisible();
  expect(app.windows).toHaveLength(1);
});

test('another library opens in a window of its own', async ({ page, desktop, dataFolder }) => {
  const app = await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  app.app.emit('open-file', { preventDefault: () => undefined }, join(dataFolder, 'other.scholium'));
  await expect.poll(() => app.windows.length).toBe(2);
  const other = await app.windows[1]?.webContents.page;
  if (!other) throw new Error('No second window');
  await expect(other.locator('.katex').first()).toBeVisible();
  await startOnEmptyNotebook(other);
  await writeNote(other, 'In the other one');
  await expect(status(other)).toContainText(/Saved \d\d:\d\d:\d\d/);
  await expect(page.getByRole('link', { name: /Untitled/ })).toHaveCount(0);
});

test('a library on a disk that was pulled out is said to be out of reach', async ({
  desktop,
  page,
  dataFolder,
}) => {
  const gone = join(dataFolder, 'pulled', 'out');
  await writeFile(join(dataFolder, 'pulled'), 'a file where the disk was mounted');
  const app = await desktop({
    args: ['--library', join(gone, 'physics.scholium')],
    answer: ({ message }) => (message === say.libraryFailed.title ? 1 : 0),
  });
  expect(await untilTold(app, say.libraryFailed.title)).toContain('physics.scholium');
  await expect(page.getByText('Untitled')).toHaveCount(0);
});

test('two users of one machine each have their own Scholium at the same time', async ({
  page,
  desktop,
  context,
}) => {
  await desktop();
  await startOnEmptyNotebook(page);
  await writeNote(page, 'Of the first user');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  const second = await temporaryDataFolder();
  const app = await startStandIn({ dataFolder: second.path, newPage: () => context.newPage() });
  const other = await app.firstPage();
  await expect(other.locator('.katex').first()).toBeVisible();
  await expect(other.getByText('Of the first user')).toHaveCount(0);
  await app.quit();
  await second.remove();
});

test('a window opens where it was left', async ({ page, desktop }) => {
  const app = await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  const [window] = app.windows;
  if (!window) throw new Error('No window');
  window.getNormalBounds = () => ({ x: 100, y: 50, width: 900, height: 700 });
  window.state.isMaximized = true;
  await app.quit();
  const again = await desktop();
  expect(again.windows[0]?.options).toMatchObject({ x: 100, y: 50, width: 900, height: 700 });
  expect(again.windows[0]?.isMaximized()).toBe(true);
});

/** Chooses a command of the menu. */
function command(app: StandInApp, label: string): void {
  const items = app.menu().flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
  const click = items.find((item) => item.label === label)?.click;
  if (!click) throw new Error(`No command ${label}`);
  Reflect.apply(click, null, []);
}

test('the menu makes a notebook, and leads the window to it', async ({ page, desktop }) => {
  const app = await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  const before = page.url();
  command(app, say.menu.newNotebook);
  await expect.poll(() => page.url()).not.toBe(before);
  await expect(page.getByRole('button', { name: 'Add a note here' })).toHaveCount(1);
});

test('diagnostics are copied although the page may not write to the clipboard', async ({ page, desktop }) => {
  await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  await page.evaluate(() => {
    const refuse = (): Promise<void> => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: refuse } });
    window.addEventListener('copy', (event) => {
      document.title = event.clipboardData?.getData('text/plain').slice(0, 8) ?? '';
    });
  });
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByText('Diagnostics copied.').first()).toBeVisible();
});

test('main reads no file synchronously: no window waits for a disk', async () => {
  const main = await readFile(resolve(import.meta.dirname, '../../dist/main/index.js'), 'utf8');
  const modules = [...main.matchAll(/(?:from|import\(|require\()\s*["']([^"']+)["']/g)].map(
    ([, name]) => name,
  );
  expect(modules).toContain('node:fs/promises');
  for (const synchronous of ['fs', 'node:fs', 'original-fs', 'child_process', 'node:child_process']) {
    expect(modules).not.toContain(synchronous);
  }
  expect(main).not.toMatch(/\b(?:read|write|stat|exists|mkdir|readdir|open|access)\w*Sync\b/);
  expect(main).not.toMatch(/\bgetBuiltinModule\b|\bcreateRequire\b/);
});

test('quitting waits until the backend has closed the library', async ({ page, desktop, dataFolder }) => {
  const app = await desktop();
  await expect(page.locator('.katex').first()).toBeVisible();
  await app.quit();
  expect(await readFile(join(dataFolder, 'logs', 'scholium.log'), 'utf8')).toContain('backend-closed');
});
