import { expect, test } from './app.ts';

test('the desktop app opens on a notebook', async ({ page, desktop }) => {
  await desktop();
  await expect(page.getByRole('heading').first()).toBeVisible();
  await expect(page.locator('.katex').first()).toBeVisible();
});
