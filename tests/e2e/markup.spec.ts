import { expect, test } from './notebook-page.ts';

const hostile = [
  '<img src=x onerror="window.canary = 1"><script>window.canary = 1</script>',
  '![x](https://evil.example/a.png) [x](javascript:window.canary=1)',
  '$\\href{javascript:window.canary=1}{x}$ $\\broken{<img src=x onerror="window.canary=1">}$',
  '`<svg onload="window.canary = 1">`',
].join('\n\n');

test('hostile text on the page runs nothing, asks for nothing, and leaves the rest typeset', async ({
  page,
  notebook,
}) => {
  const foreign: string[] = [];
  const origin = new URL(page.url()).origin;
  page.on('request', (request) => {
    const { origin: asked, protocol } = new URL(request.url());
    if (asked !== origin && !['data:', 'blob:'].includes(protocol)) foreign.push(request.url());
  });
  page.on('dialog', (dialog) => foreign.push(`dialog ${dialog.message()}`));

  await notebook.cell('This is a notebook.').getByText('This is a notebook.').click();
  await page.getByRole('textbox', { name: 'Text of the note' }).press('Control+End');
  await page.keyboard.insertText(`\n\n${hostile}\n\nThe end is $E = mc^2$.`);
  await page.keyboard.press('Escape');

  const note = notebook.cell('The end is');
  await expect(note.locator('.katex')).toHaveCount(1);
  await expect(note.locator('.bad-formula')).toHaveCount(2);
  await expect(note.getByText('is not a known command')).toBeVisible();
  await expect(note.locator('img, script, svg[onload]')).toHaveCount(0);
  await expect(note.locator('a')).toHaveAttribute('rel', 'noreferrer noopener');
  expect(await page.evaluate('window.canary')).toBeUndefined();
  expect(foreign).toEqual([]);
});

test('no other text can become HTML, and no other address a script', async ({ page, notebook }) => {
  await expect(notebook.cell('This is a notebook.')).toBeVisible();
  const refused = (script: string): Promise<unknown> =>
    page.evaluate(`(() => { try { ${script}; return 'allowed' } catch (error) { return error.name } })()`);
  expect(await refused("document.createElement('p').innerHTML = '<b>x</b>'")).toBe('TypeError');
  expect(await refused("new Worker('data:text/javascript,1')")).toBe('TypeError');
  expect(await refused("trustedTypes.createPolicy('scholium', {})")).toBe('TypeError');
});
