import { expect, test } from './app.ts';

test('the program opens on a notebook, without a request to anyone but itself', async ({ page, serve }) => {
  const app = await serve();
  const strangers: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url());
    if (!['data:', 'blob:'].includes(protocol) && host !== `127.0.0.1:${app.port}`)
      strangers.push(request.url());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });

  await page.goto(app.url);
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expect(page.locator('.katex').first()).toBeVisible();
  await page.evaluate(() => document.fonts.ready);

  expect(new URL(page.url()).search).toBe('');
  expect(strangers).toEqual([]);
  expect(problems).toEqual([]);
});

test('the program ends cleanly on Ctrl+C, and starts again on what was there', async ({ page, serve }) => {
  const first = await serve();
  await page.goto(first.url);
  await expect(page.locator('.katex').first()).toBeVisible();
  const notebook = new URL(page.url()).hash;
  expect(notebook).not.toBe('');
  expect(await first.stop()).toBe(0);

  const second = await serve();
  await page.goto(second.url);
  await expect(page.locator('.katex').first()).toBeVisible();
  expect(new URL(page.url()).hash).toBe(notebook);
});
