import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

async function openSettings(page: Page) {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('the theme is kept, and is there from the first paint of the next window', async ({ page, serve }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto((await serve()).url);
  const dialog = await openSettings(page);
  await dialog.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('Escape closes the settings and the keyboard is back where it was', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  await openSettings(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Settings', exact: true })).toBeFocused();
});

test('a key for this session is said to be there, never shown, and can be removed', async ({
  page,
  serve,
}) => {
  await page.goto((await serve()).url);
  const dialog = await openSettings(page);
  const openai = dialog.getByRole('region', { name: 'OpenAI', exact: true });
  await expect(openai).toContainText('No key yet.');
  await openai.getByLabel('New key').fill('sk-canary-7351');
  await openai.getByLabel('Keep it').selectOption('for this session only');
  await openai.getByRole('button', { name: 'Save the key' }).click();
  await expect(openai).toContainText('The key is kept for this session only');
  await expect(openai.getByLabel('New key')).toHaveValue('');
  expect(await page.content()).not.toContain('sk-canary-7351');
  await openai.getByRole('button', { name: 'Remove the key' }).click();
  await expect(openai).toContainText('No key yet.');
});

test(
  'a key in a file is asked its passphrase for after a start, and a wrong one is said',
  { tag: '@browser' },
  async ({ page, serve }) => {
    const first = await serve();
    await page.goto(first.url);
    const openai = page.getByRole('region', { name: 'OpenAI', exact: true });
    await openSettings(page);
    await openai.getByLabel('New key').fill('sk-kept-in-a-file');
    await openai.getByLabel('Keep it').selectOption('in a file under a passphrase');
    await openai.getByLabel('Passphrase').fill('correct horse');
    await openai.getByRole('button', { name: 'Save the key' }).click();
    await expect(openai).toContainText('in a file encrypted under your passphrase');
    await first.stop();

    await page.goto((await serve()).url);
    await openSettings(page);
    await openai.getByLabel('Passphrase').fill('wrong');
    await openai.getByRole('button', { name: 'Open the key file' }).click();
    await expect(page.getByText(/That passphrase does not open the key file/).first()).toBeVisible();
    await openai.getByLabel('Passphrase').fill('correct horse');
    await openai.getByRole('button', { name: 'Open the key file' }).click();
    await expect(openai.getByRole('button', { name: 'Open the key file' })).toHaveCount(0);
    await expect(openai).toContainText('in a file encrypted under your passphrase');
  },
);

test('a key from the environment is said to come from there', async ({ page, serve }) => {
  await page.goto((await serve({ env: { OPENAI_API_KEY: 'sk-from-outside' } })).url);
  const openai = (await openSettings(page)).getByRole('region', { name: 'OpenAI', exact: true });
  await expect(openai).toContainText('The key comes from the environment');
  await expect(openai.getByLabel('New key')).toHaveCount(0);
});

test('an address that is none is refused in a sentence, and a right one is kept', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  const dialog = await openSettings(page);
  const compatible = dialog.getByRole('region', { name: 'Compatible server', exact: true });
  await compatible.getByLabel('Address').fill('not an address');
  await compatible.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/“not an address” is not a server address/).first()).toBeVisible();
  await compatible.getByLabel('Address').fill('http://127.0.0.1:9/v1');
  await compatible.getByRole('button', { name: 'Save', exact: true }).click();
  await page.reload();
  await openSettings(page);
  await expect(compatible.getByLabel('Address')).toHaveValue('http://127.0.0.1:9/v1');
});

test('models are chosen from the catalogue without a key or a network', async ({ page, serve }) => {
  await page.goto((await serve()).url);
  const section = (await openSettings(page)).getByRole('region', { name: 'Model for new problems' });
  await section.getByText('OpenAI', { exact: true }).click();
  await section.getByRole('radio', { name: /gpt-6\.2-sol/ }).check();
  await section.getByText('High', { exact: true }).click();
  await expect(section.getByLabel('Model name')).toHaveValue('gpt-6.2-sol');
  await expect(section).toContainText('per million tokens');
  await section.getByText(/^Retired/).click();
  await expect(section.getByRole('radio', { name: /^o1-mini/ })).toBeDisabled();
  await page.keyboard.press('Escape');
  await page.reload();
  await openSettings(page);
  await expect(section.getByRole('radio', { name: /gpt-6\.2-sol/ })).toBeChecked();
  await expect(section.getByRole('radio', { name: 'High', exact: true })).toBeChecked();
});

test('a server that cannot be asked is named, and a model can be typed all the same', async ({
  page,
  serve,
}) => {
  await page.goto((await serve()).url);
  const dialog = await openSettings(page);
  const compatible = dialog.getByRole('region', { name: 'Compatible server', exact: true });
  await compatible.getByLabel('Address').fill('http://127.0.0.1:9/v1');
  await compatible.getByRole('button', { name: 'Save', exact: true }).click();
  const section = dialog.getByRole('region', { name: 'Model for new problems' });
  await section.getByText('Compatible server', { exact: true }).click();
  await expect(section.getByRole('alert')).toContainText('could not be reached');
  await section.getByLabel('Model name').fill('qwen3:8b');
  await expect(section).toContainText('qwen3:8b is not in the list; it is sent as written.');
});

test('the settings say version, library and PDF, and copy the diagnostics', async ({
  context,
  page,
  serve,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const app = await serve();
  await page.goto(app.url);
  const about = (await openSettings(page)).getByRole('region', { name: 'About' });
  await expect(about).toContainText(app.libraryPath);
  await expect(about).toContainText('PDF export');
  await about.getByRole('button', { name: 'Copy diagnostics' }).click();
  await expect(page.getByText('Diagnostics copied.').first()).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Scholium');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the settings have nothing that axe finds serious, ${colorScheme}`, async ({ page, serve }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto((await serve()).url);
    const dialog = await openSettings(page);
    await dialog.getByText('OpenAI', { exact: true }).first().click();
    await expect(dialog.getByRole('radio', { name: /gpt-6\.2-sol/ })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('.dialog').analyze();
    expect(violations).toEqual([]);
  });
}
