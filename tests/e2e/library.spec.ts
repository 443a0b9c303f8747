import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

const library = (page: Page) => page.getByRole('navigation', { name: 'Library' });
const notebookLink = (page: Page, title: string) =>
  library(page).getByRole('link', { name: title, exact: true });

async function newNotebook(page: Page, title: string): Promise<void> {
  await library(page).getByRole('button', { name: 'New notebook' }).click();
  const field = page
    .getByRole('textbox', { name: 'Title of the notebook' })
    .and(page.locator('.rename-field'));
  await field.fill(title);
  await field.press('Enter');
  await expect(notebookLink(page, title)).toHaveAttribute('aria-current', 'page');
}

test('a new notebook is named where it appears, and is there after a reload', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  await newNotebook(page, 'Landau levels');
  await page.reload();
  await expect(notebookLink(page, 'Landau levels')).toHaveAttribute('aria-current', 'page');
  await expect(page).toHaveTitle('Landau levels · Scholium');
});

test('F2 renames, Escape leaves the title as it was', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  await newNotebook(page, 'Hydrogen');
  await notebookLink(page, 'Hydrogen').focus();
  await page.keyboard.press('F2');
  await page.keyboard.type('Helium');
  await page.keyboard.press('Escape');
  await expect(notebookLink(page, 'Hydrogen')).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('Helium');
  await page.keyboard.press('Enter');
  await expect(notebookLink(page, 'Helium')).toBeVisible();
  await expect(notebookLink(page, 'Hydrogen')).toHaveCount(0);
});

test('a removed notebook can be had back, from the notice and from the trash', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  await newNotebook(page, 'Referee report');
  await notebookLink(page, 'Referee report').press('Delete');
  await expect(notebookLink(page, 'Referee report')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(notebookLink(page, 'Referee report')).toBeVisible();

  await library(page).getByRole('button', { name: 'Actions for “Referee report”' }).click();
  await page.getByRole('menuitem', { name: /Move to the trash/ }).click();
  await expect(notebookLink(page, 'Referee report')).toHaveCount(0);
  await page.reload();
  await library(page).getByText('Trash (1)').click();
  await library(page).getByRole('button', { name: 'Restore “Referee report”' }).click();
  await expect(notebookLink(page, 'Referee report')).toHaveAttribute('aria-current', 'page');
});

test('without any notebook the page says how to begin', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  await notebookLink(page, 'Welcome to Scholium').press('Delete');
  await page.getByRole('main').getByRole('button', { name: 'New notebook' }).click();
  await expect(notebookLink(page, 'Untitled')).toHaveAttribute('aria-current', 'page');
});

test('titles are found by their words, whatever the accents', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  await newNotebook(page, 'Schrödinger equation');
  await newNotebook(page, 'Dirac equation');
  await page.getByRole('searchbox', { name: 'Find a notebook' }).fill('equation schrod');
  await expect(notebookLink(page, 'Schrödinger equation')).toBeVisible();
  await expect(notebookLink(page, 'Dirac equation')).toHaveCount(0);
  await page.getByRole('searchbox').fill('nothing like it');
  await expect(library(page)).toContainText('No title contains “nothing like it”.');
});

test('Markdown files become notebooks, also when they are dropped on the window', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  const markdown =
    '# Imported\n\nA note with $x^2$.\n\n::: {.problem domain="algebra"}\nSolve $x^2 = 4$.\n:::\n';
  const chooser = page.waitForEvent('filechooser');
  await library(page).getByRole('button', { name: 'Import Markdown…' }).click();
  await (
    await chooser
  ).setFiles({ name: 'imported.md', mimeType: 'text/markdown', buffer: Buffer.from(markdown) });
  await expect(page.getByText('“Imported” was imported.', { exact: true })).toBeVisible();
  await expect(page.locator('.katex').first()).toBeVisible();

  const files = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['# Dropped\n\nText.\n'], 'dropped.md', { type: 'text/markdown' }));
    return transfer;
  });
  await page.dispatchEvent('body', 'drop', { dataTransfer: files });
  await expect(notebookLink(page, 'Dropped')).toHaveAttribute('aria-current', 'page');
});

test('a file that is not UTF-8 is refused in a sentence, and nothing is imported', async ({
  page,
  serve,
}) => {
  await page.goto((await serve()).url);
  const chooser = page.waitForEvent('filechooser');
  await library(page).getByRole('button', { name: 'Import Markdown…' }).click();
  await (
    await chooser
  ).setFiles({
    name: 'latin1.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from([0x23, 0x20, 0x41, 0xe9, 0x0a]),
  });
  await expect(page.getByText(/latin1\.md is not UTF-8 text \(first bad byte at 3\)/).first()).toBeVisible();
  await expect(library(page).getByRole('listitem')).toHaveCount(1);
});

test('the sidebar goes away and comes back by one key, and stays as it was left', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  await expect(library(page)).toBeVisible();
  await page.keyboard.press('Control+Backslash');
  await expect(library(page)).toHaveCount(0);
  await page.reload();
  await page.getByRole('button', { name: /Open the sidebar/ }).press('Enter');
  await expect(library(page)).toBeVisible();
  await expect(page.getByRole('button', { name: /Close the sidebar/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /Open the sidebar/ })).toBeFocused();
});

test('on a narrow window the sidebar lies over the page and leaves when a notebook is chosen', async ({
  page,
  serve,
}) => {
  await page.setViewportSize({ width: 600, height: 800 });
  await page.goto((await serve()).url);
  await page.getByRole('button', { name: /Open the sidebar/ }).click();
  await notebookLink(page, 'Welcome to Scholium').click();
  await expect(library(page)).toHaveCount(0);
});

test('the keyboard stays in a sidebar that lies over the page, and its button never covers text', async ({
  page,
  serve,
}) => {
  await page.setViewportSize({ width: 600, height: 800 });
  await page.goto((await serve()).url);
  const opener = page.getByRole('button', { name: /Open the sidebar/ });
  const [button, text] = [await opener.boundingBox(), await page.locator('#page').boundingBox()];
  expect(button?.y).toBeGreaterThanOrEqual((text?.y ?? 0) + (text?.height ?? 0));
  await page.getByRole('article').first().focus();
  await page.keyboard.press('Control+\\');
  await expect(page.getByRole('button', { name: /Close the sidebar/ })).toBeFocused();
  for (let press = 0; press < 20; press += 1) {
    await page.keyboard.press('Tab');
    await expect(page.locator('#page :focus')).toHaveCount(0);
  }
  await page.keyboard.press('Control+\\');
  await expect(opener).toBeFocused();
});

test('two windows stay in step', { tag: '@browser' }, async ({ context, page, serve }) => {
  const app = await serve();
  await page.goto(app.url);
  await expect(notebookLink(page, 'Welcome to Scholium')).toBeVisible();
  const other = await context.newPage();
  await other.goto(`http://127.0.0.1:${app.port}/`);
  await newNotebook(page, 'Seen in both');
  await expect(notebookLink(other, 'Seen in both')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the frame has nothing that axe finds serious, ${colorScheme}`, async ({ page, serve }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto((await serve()).url);
    await expect(notebookLink(page, 'Welcome to Scholium')).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .include('.sidebar')
      .include('.status-line')
      .analyze();
    expect(violations).toEqual([]);
  });
}
