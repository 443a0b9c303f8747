import { expect, landauScript, test } from './notebook-page.ts';

test('from a note to a question, its typeset answer and its receipt; all of it there after a reload', async ({
  page,
  notebook,
  models,
}) => {
  // Long enough to be seen thinking on a busy machine.
  models.scriptModel('gpt-6.2-sol', { ...landauScript, thinkMs: 4_000 });
  await notebook.cell('This is a notebook.').getByText('This is a notebook.').click();
  await page.getByRole('textbox', { name: 'Text of the note' }).press('Control+End');
  await page.keyboard.type(
    '\n\nThe ground energy is $E_0 = \\tfrac12\\hbar\\omega$.\n\n$$\n\\int_0^1 x\\,dx = \\tfrac12\n$$',
  );
  await expect(page.getByRole('region', { name: 'Preview' }).locator('.katex-display')).toBeVisible();
  await page.keyboard.press('Escape');
  const note = notebook.cell('The ground energy is');
  await expect(note.locator('.katex').first()).toBeVisible();
  await expect(note.locator('.katex-display')).toHaveCount(1);

  await page.keyboard.press('b');
  await page.keyboard.press('Escape');
  await page.keyboard.press('y');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Find the spectrum of $H = \\pi^2/2m$ in a uniform field.');
  await page.keyboard.press('Escape');
  const problem = notebook.cell('Find the spectrum of');
  await notebook.chooseOpenAi(problem, 'gpt-6.2-sol', 'High');
  await page.keyboard.press('Shift+Enter');

  await expect(problem.getByText('Choosing ladder operators')).toBeVisible();
  await expect(problem.getByText('The levels are those of an oscillator.')).toBeVisible();
  await expect(problem.locator('.answer .katex-display')).toBeVisible();
  const receipt = notebook.receipt(problem);
  await expect(receipt).toHaveAccessibleName(
    /gpt-6\.2-sol · high.*wait \d.*thinking \d.*writing \d.*1.012 reasoning · 300 written · 1.240 in · 1\.\d.¢/,
  );

  await expect(page.getByText(/^(Saved|All saved)/)).toBeVisible();
  await page.reload();
  await expect(notebook.cell('The ground energy is').locator('.katex-display')).toBeVisible();
  await expect(notebook.cell('The levels are those of an oscillator.')).toBeVisible();
  await expect(notebook.receipt(notebook.cell('Find the spectrum of'))).toHaveAccessibleName(/300 written/);
});

test('a problem of the Welcome notebook runs on the built-in solver with no key at all', async ({
  page,
  serve,
}) => {
  await page.goto((await serve()).url);
  const problem = page.getByRole('article', { name: /^Problem/ }).first();
  await problem.focus();
  await page.keyboard.press('Shift+Enter');
  await expect(problem.getByRole('button', { name: /^Receipt: Solver.*checked by.*free/ })).toBeVisible();
  await expect(problem.locator('.answer .katex').first()).toBeVisible();
});

test('Stop ends a run and keeps what it had written', async ({ page, notebook, models }) => {
  models.scriptModel('gpt-6.2-sol', { ...landauScript, writeMs: 60_000 });
  const problem = await notebook.newProblem('Find the spectrum.', 'gpt-6.2-sol');
  await page.keyboard.press('Control+Enter');
  await expect(problem.locator('.answer .katex').first()).toBeVisible();
  await problem.getByRole('button', { name: /^Stop this run/ }).click();
  await expect(problem.getByText('You stopped this run. What was received is kept below.')).toBeVisible();
  await expect(problem.locator('.answer .katex').first()).toBeVisible();
  await expect(notebook.receipt(problem)).toHaveAccessibleName(/stopped by you/);
  await page.reload();
  await expect(problem.getByText('You stopped this run.')).toBeVisible();
  await expect(problem.locator('.answer .katex').first()).toBeVisible();
});

test('a run that fails says why in its cell, and can be run again', async ({ page, notebook, models }) => {
  models.script({ fault: { type: 'quota' } });
  models.scriptModel('gpt-6.2-sol', landauScript);
  const problem = await notebook.newProblem('Find the spectrum.', 'gpt-6.2-sol');
  await page.keyboard.press('Shift+Enter');
  await expect(problem.getByText(/quota with OpenAI is used up/)).toBeVisible();
  await expect(notebook.receipt(problem)).toHaveAccessibleName(/failed.*not billed/);
  await expect(notebook.status).toContainText('Run failed.');
  await problem.getByRole('button', { name: 'Run again' }).first().click();
  await expect(problem.getByText('The levels are those of an oscillator.')).toBeVisible();
  await expect(problem.getByRole('tab')).toHaveCount(2);
  await expect(problem.getByRole('tab', { name: /failed/ })).toBeVisible();
});

test('a changed question is said beside its old answer, shown, and asked once', async ({
  page,
  notebook,
  models,
}) => {
  models.scriptModel('gpt-6.2-sol', { ...landauScript, waitMs: 0, thinkMs: 0, writeMs: 0 });
  const problem = await notebook.newProblem('Find the spectrum.', 'gpt-6.2-sol');
  await page.keyboard.press('Shift+Enter');
  await expect(problem.getByText('The levels are those of an oscillator.')).toBeVisible();

  await problem.focus();
  await page.keyboard.press('Shift+Enter');
  expect(models.ledger.answers()).toHaveLength(1);

  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Then count the states.');
  await page.keyboard.press('Escape');
  await expect(problem.getByText('Question changed after this run:')).toBeVisible();
  await problem.getByRole('button', { name: 'show change' }).click();
  await expect(problem.locator('ins')).toContainText('Then count the states.');

  await problem.focus();
  await page.keyboard.press('Shift+Enter');
  await expect(problem.getByRole('tab')).toHaveCount(2);
  await expect(problem.getByText('Question changed after this run:')).toHaveCount(0);
  // The tab stands there as soon as the run is queued.
  await expect.poll(() => models.ledger.answers().length).toBe(2);
});

test('screen readers hear that an answer is complete and how long it is, never its words', async ({
  page,
  notebook,
  models,
}) => {
  models.scriptModel('gpt-6.2-sol', landauScript);
  await notebook.newProblem('Find the spectrum.', 'gpt-6.2-sol');
  await page.keyboard.press('Shift+Enter');
  await expect(notebook.status).toHaveText('Answer complete, 3 paragraphs');
});

test('the receipt tells everything about its run', async ({ page, notebook, models }) => {
  models.scriptModel('gpt-6.2-sol', landauScript);
  const problem = await notebook.newProblem('Find the spectrum.', 'gpt-6.2-sol');
  await page.keyboard.press('Shift+Enter');
  await expect(problem.getByText('The levels are those of an oscillator.')).toBeVisible();
  await notebook.receipt(problem).press('Enter');
  const about = page.getByRole('dialog', { name: 'About this run' });
  await expect(about.getByRole('row', { name: /^Thinking, until the first visible text/ })).toContainText(
    'ms',
  );
  await expect(about.getByRole('row', { name: /of it reasoning/ })).toContainText(/1.012/);
  await expect(about).toContainText('as published on');
  await expect(about).toContainText('Counting the states');
  await expect(about.getByLabel('Exact request')).toContainText('"model": "gpt-6.2-sol"');
  await expect(about).not.toContainText('sk-scripted');
  await page.keyboard.press('Escape');
  await expect(notebook.receipt(problem)).toBeFocused();
});
