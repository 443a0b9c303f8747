import { expect, test } from '@playwright/test';
import { writeRedirectFile } from '#server/browser/redirect-file.ts';
import { serveApp, temporaryDataFolder } from '../support/served-app.ts';
import type { ServedApp } from '../support/served-app.ts';

let app: ServedApp;
let data: { path: string; remove(): Promise<void> };

test.beforeAll(async () => {
  data = await temporaryDataFolder();
  app = await serveApp({ dataFolder: data.path });
});

test.afterAll(async () => {
  await app.stop();
  await data.remove();
});

const windowIsUsable = 'text=Welcome to Scholium';

test('the printed address opens the window, and holds no token afterwards', async ({ page }) => {
  await page.goto(app.url);
  await expect(page.locator(windowIsUsable).first()).toBeVisible();
  expect(page.url()).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${app.port}/(#.*)?$`));
});

test('the file that the browser is started with leads to the window, without a token in its address', async ({
  page,
}) => {
  const file = writeRedirectFile(app.url);
  try {
    await page.goto(`file://${file.path}`);
    await expect(page.locator(windowIsUsable).first()).toBeVisible();
    expect(page.url()).not.toContain('token');
  } finally {
    file.remove();
  }
});

test('the window needs nothing that its security policy forbids, and asks no other server', async ({
  page,
}) => {
  const complaints: string[] = [];
  const elsewhere: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    const isOurs = host === `127.0.0.1:${app.port}` || protocol === 'data:' || protocol === 'blob:';
    if (!isOurs) elsewhere.push(request.url());
  });
  await page.goto(app.url);
  await expect(page.locator(windowIsUsable).first()).toBeVisible();
  await expect(page.locator('.katex').first()).toBeVisible();
  expect([complaints, elsewhere]).toEqual([[], []]);
});

test('a page of another origin reaches nothing: no window, no file, no WebSocket', async ({
  page,
  context,
}) => {
  await page.goto(app.url);
  await expect(page.locator(windowIsUsable).first()).toBeVisible();
  const other = await context.newPage();
  await other.route('http://localhost:1/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>other</title>' }),
  );
  await other.goto('http://localhost:1/');
  const reached = await other.evaluate(async (port) => {
    const got: string[] = [];
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`]) {
      for (const mode of ['cors', 'no-cors'] as const) {
        await fetch(`http://${host}/`, { mode, credentials: 'include' }).then(
          (answer) => answer.ok && got.push(`${mode} ${host}`),
          () => undefined,
        );
      }
      await new Promise<void>((resolve) => {
        const socket = new WebSocket(`ws://${host}/rpc`);
        socket.onopen = () => resolve(void got.push(`socket ${host}`));
        socket.onerror = () => resolve();
      });
    }
    return got;
  }, app.port);
  expect(reached).toEqual([]);
});

test('an address of an earlier start is answered with a sentence, not the window', async ({ page }) => {
  const answer = await page.goto(`http://127.0.0.1:${app.port}/?token=${'A'.repeat(43)}`);
  expect(answer?.status()).toBe(401);
  await expect(page.locator('body')).toContainText('belongs to an earlier start');
});
