import type { Page, WebSocketRoute } from '@playwright/test';
import { expect, test } from './app.ts';

/** A cable between window and program that can be pulled and plugged in again. */
async function cable(page: Page) {
  const sockets = new Set<WebSocketRoute>();
  let isPulled = false;
  await page.routeWebSocket(/\/rpc$/, async (socket) => {
    if (isPulled) return socket.close();
    sockets.add(socket);
    socket.connectToServer();
  });
  return {
    pull: async (): Promise<void> => {
      isPulled = true;
      await Promise.all([...sockets].map((socket) => socket.close()));
      sockets.clear();
    },
    plugIn: (): void => {
      isPulled = false;
    },
  };
}

const status = (page: Page) => page.getByRole('contentinfo', { name: 'Status' });

async function writeNote(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a note here' }).last().click();
  await page.getByRole('textbox', { name: 'Text of the note' }).fill(text);
}

async function startOnEmptyNotebook(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name: 'New notebook' }).click();
  await page.locator('.rename-field').press('Enter');
}

test('"saved" is said with the moment, and what it was said of is there after a crash', async ({
  page,
  serve,
}) => {
  const app = await serve();
  await startOnEmptyNotebook(page, app.url);
  await writeNote(page, 'Kept for good');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  await app.kill();
  const again = await serve();
  await page.goto(again.url);
  await expect(page.getByText('Kept for good')).toBeVisible();
});

test('a lost connection is said, what is typed meanwhile is kept, and saved when it is back', async ({
  page,
  serve,
}) => {
  const line = await cable(page);
  await startOnEmptyNotebook(page, (await serve()).url);
  await writeNote(page, 'Before the gap');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);

  await line.pull();
  await expect(status(page)).toContainText('Reconnecting…');
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('Typed in the gap');
  await expect(status(page)).toContainText('Not saved: The connection to Scholium was lost');
  await expect(page.getByRole('alert').filter({ hasText: 'what you type is kept' })).toBeVisible();

  line.plugIn();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  await page.reload();
  await expect(page.getByText('Typed in the gap')).toBeVisible();
});

test('a cell made during a gap is in the library once it is over', async ({ page, serve }) => {
  const line = await cable(page);
  await startOnEmptyNotebook(page, (await serve()).url);
  await expect(status(page)).toContainText('Connected');
  await line.pull();
  await writeNote(page, 'Made in the gap');
  await expect(status(page)).toContainText('Not saved');
  line.plugIn();
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/, { timeout: 15_000 });
  await page.reload();
  await expect(page.getByText('Made in the gap')).toBeVisible();
});

test('text of a window that was closed during a gap is saved by the next one', async ({
  context,
  page,
  serve,
}) => {
  const line = await cable(page);
  const app = await serve();
  await startOnEmptyNotebook(page, app.url);
  await writeNote(page, 'First words');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  await line.pull();
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('Words of a lost window');
  await expect(status(page)).toContainText('Not saved');
  await page.close();

  const next = await context.newPage();
  await next.goto(`http://127.0.0.1:${app.port}/`);
  await expect(
    next.getByText('Text that an earlier window could not save was saved now.').first(),
  ).toBeVisible();
  await expect(next.getByText('Words of a lost window')).toBeVisible();
});

test('what another window changed during a gap is on the page after it', async ({ context, page, serve }) => {
  const line = await cable(page);
  const app = await serve();
  await startOnEmptyNotebook(page, app.url);
  await writeNote(page, 'Mine');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  const other = await context.newPage();
  await other.goto(page.url().replace(/\?.*#/, '#'));
  await expect(other.getByText('Mine')).toBeVisible();

  await line.pull();
  await writeNote(other, 'Theirs');
  await expect(status(other)).toContainText(/Saved \d\d:\d\d:\d\d/);
  line.plugIn();
  await expect(page.getByText('Theirs')).toBeVisible({ timeout: 15_000 });
});

test('both texts are kept when two windows changed the same cell', async ({ context, page, serve }) => {
  const line = await cable(page);
  const app = await serve();
  await startOnEmptyNotebook(page, app.url);
  await writeNote(page, 'The same start');
  await expect(status(page)).toContainText(/Saved \d\d:\d\d:\d\d/);
  const other = await context.newPage();
  await other.goto(page.url().replace(/\?.*#/, '#'));
  await line.pull();
  await page.getByRole('textbox', { name: 'Text of the note' }).fill('My version');
  await other.getByText('The same start').click();
  await other.getByRole('textbox', { name: 'Text of the note' }).fill('Their version');
  await expect(status(other)).toContainText(/Saved \d\d:\d\d:\d\d/);
  line.plugIn();

  await expect(status(page)).toContainText('A cell was changed in another window', { timeout: 15_000 });
  await expect(page.getByRole('textbox', { name: 'Text of the note' })).toHaveText('My version');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect(other.getByText('My version').first()).toBeVisible();
});

test('an address without its token is told what to do, and nothing of the library', async ({
  page,
  serve,
}) => {
  const app = await serve();
  await page.goto(`http://127.0.0.1:${app.port}/`);
  await expect(page.getByRole('main')).toContainText(/address/);
  await expect(page.getByText('Welcome to Scholium')).toHaveCount(0);
});

test('a program started anew asks for its address, and the window keeps its page', async ({
  context,
  page,
  serve,
}) => {
  const app = await serve();
  await page.goto(app.url);
  await expect(page.getByRole('heading', { name: 'Welcome to Scholium' })).toBeVisible();
  await app.stop();
  const again = await serve({ args: ['--port', String(app.port)] });
  await expect(page.getByRole('alert')).toContainText('Open the address it printed', { timeout: 20_000 });
  await expect(page.getByRole('heading', { name: 'Welcome to Scholium' })).toBeVisible();

  const other = await context.newPage();
  await other.goto(again.url);
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(status(page)).toContainText('Connected');
});
