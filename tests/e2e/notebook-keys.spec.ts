import AxeBuilder from '@axe-core/playwright';
import { expect, landauScript, test } from './notebook-page.ts';

test('cells are written, moved, copied, deleted and had back without a mouse', async ({ page, notebook }) => {
  await page.getByRole('button', { name: 'New notebook' }).click();
  await page.getByRole('textbox', { name: 'Title of the notebook' }).first().press('Enter');
  await expect(page.getByText('A notebook is notes and problems.')).toBeVisible();
  await page.getByRole('button', { name: 'Add a note here' }).press('Enter');
  await page.keyboard.type('first');
  await page.keyboard.press('Alt+Enter');
  await page.keyboard.type('second');
  await page.keyboard.press('Escape');
  await expect(notebook.selected).toContainText('second');

  await page.keyboard.press('k');
  await expect(notebook.selected).toContainText('first');
  await expect(notebook.selected).toBeFocused();
  await page.keyboard.press('Control+Shift+ArrowDown');
  await expect(notebook.cells.nth(1)).toContainText('first');

  await page.keyboard.press('c');
  await page.keyboard.press('v');
  await expect(notebook.cells).toHaveCount(3);
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await expect(notebook.cells).toHaveCount(2);
  await page.keyboard.press('z');
  await expect(notebook.cells).toHaveCount(3);
  await page.keyboard.press('x');
  await expect(notebook.cells).toHaveCount(2);

  await page.keyboard.press('a');
  await page.keyboard.press('Escape');
  await page.keyboard.press('y');
  await expect(notebook.selected).toHaveAccessibleName(/^Problem, cell \d of 3, empty$/);
  await page.keyboard.press('m');
  await expect(notebook.selected).toHaveAccessibleName(/^Note/);
});

test('one D, and a habit of the fingers, do nothing that costs', async ({ page, notebook, models }) => {
  models.scriptModel('gpt-6.2-sol', { ...landauScript, waitMs: 0, thinkMs: 0, writeMs: 0 });
  const problem = await notebook.newProblem('Find the spectrum.', 'gpt-6.2-sol');
  await page.keyboard.press('d');
  await page.keyboard.press('Shift+Enter');
  await expect(problem.getByText('The levels are those of an oscillator.')).toBeVisible();
  await problem.focus();
  for (const keys of ['Shift+Enter', 'Control+Enter', 'r']) await page.keyboard.press(keys);
  await page.keyboard.press('Escape');
  expect(models.ledger.answers()).toHaveLength(1);
  await expect(page.getByRole('button', { name: /unanswered/ })).toHaveCount(0);

  await problem.focus();
  await page.keyboard.press('r');
  await page.keyboard.press('r');
  await expect(problem.getByRole('tab')).toHaveCount(2);
  expect(models.ledger.answers()).toHaveLength(2);
});

test('a pinned answer stays in front of newer ones', async ({ page, notebook, models }) => {
  const quick = { ...landauScript, waitMs: 0, thinkMs: 0, writeMs: 0 };
  models.script({ ...quick, text: 'The older answer.' }, { ...quick, text: 'The newer answer.' });
  const problem = await notebook.newProblem('Find the spectrum.', 'gpt-6.2-sol');
  await page.keyboard.press('Control+Enter');
  await expect(problem.getByText('The older answer.')).toBeVisible();
  await page.keyboard.press('p');
  await page.keyboard.press('r');
  await page.keyboard.press('r');
  await expect(problem.getByRole('tab')).toHaveCount(2);
  await expect(problem.getByText('The older answer.')).toBeVisible();
  await problem.getByRole('tab').nth(1).click();
  await expect(problem.getByText('The newer answer.')).toBeVisible();
  await problem.getByRole('tab').nth(1).press('ArrowLeft');
  await expect(problem.getByText('The older answer.')).toBeVisible();
});

test('the title is edited where it stands, and Escape puts the former one back', async ({
  page,
  notebook,
}) => {
  await expect(notebook.cells.first()).toBeVisible();
  const title = page.getByRole('heading', { level: 1 }).getByRole('textbox');
  await title.fill('Welcome back');
  await title.press('Enter');
  await expect(page.getByRole('link', { name: 'Welcome back' })).toBeVisible();
  await title.fill('Something else');
  await title.press('Escape');
  await expect(title).toHaveValue('Welcome back');
  await expect(page.getByRole('link', { name: 'Welcome back' })).toBeVisible();
});

test('the receipt stands on the answer’s first line, and below it where the page is narrow', async ({
  page,
  notebook,
}) => {
  const answer = notebook.cell('half-oscillator').getByText('forces').first();
  const receipt = notebook.receipt(notebook.cell('half-oscillator'));
  await page.setViewportSize({ width: 1340, height: 900 });
  await receipt.scrollIntoViewIfNeeded();
  const wide = { answer: await answer.boundingBox(), receipt: await receipt.boundingBox() };
  expect(wide.receipt?.x).toBeGreaterThan((wide.answer?.x ?? 0) + (wide.answer?.width ?? 0) - 1);
  expect(Math.abs((wide.receipt?.y ?? 0) - (wide.answer?.y ?? 0))).toBeLessThan(16);

  await page.setViewportSize({ width: 900, height: 900 });
  await receipt.scrollIntoViewIfNeeded();
  const narrow = { answer: await answer.boundingBox(), receipt: await receipt.boundingBox() };
  expect(narrow.receipt?.y).toBeGreaterThan((narrow.answer?.y ?? 0) + (narrow.answer?.height ?? 0));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(900);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the notebook page keeps the accessibility rules in ${theme}`, async ({ page, notebook }) => {
    await page.emulateMedia({ colorScheme: theme });
    await expect(notebook.receipt(notebook.cell('half-oscillator'))).toBeVisible();
    const found = await new AxeBuilder({ page }).include('.notebook-page').analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  });
}
