import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import { startModelServer } from '../support/model-server/index.ts';
import type { ModelServer, ScriptInput } from '../support/model-server/index.ts';
import { test as base } from './app.ts';

/** The part of a browser test that speaks of one notebook on the page. */
export class NotebookView {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The cell with this text in it. */
  cell(text: string | RegExp): Locator {
    return this.page.getByRole('region', { name: 'Cells' }).getByRole('article').filter({ hasText: text });
  }

  get selected(): Locator {
    return this.page.locator('article[aria-current="true"]');
  }

  get cells(): Locator {
    return this.page.getByRole('region', { name: 'Cells' }).getByRole('article');
  }

  get status(): Locator {
    return this.page.getByRole('status').filter({ hasText: /Answer|Run/ });
  }

  /** A notebook of one problem, its question asked of `model`, nothing run yet. */
  async newProblem(question: string, model: string): Promise<Locator> {
    await this.page.getByRole('button', { name: 'New notebook' }).click();
    await this.page.getByRole('textbox', { name: 'Title of the notebook' }).first().press('Enter');
    // The Welcome notebook stays on the page until the new one is there.
    await expect(this.cells).toHaveCount(0);
    await this.page.getByRole('button', { name: 'Add a problem here' }).click();
    await this.page.keyboard.type(question);
    await this.page.keyboard.press('Escape');
    const problem = this.cells.first();
    await expect(problem).toBeFocused();
    await this.chooseOpenAi(problem, model);
    return problem;
  }

  async chooseOpenAi(problem: Locator, model: string, effort?: string): Promise<void> {
    await problem.getByRole('button', { name: /^Model:/ }).click();
    const chooser = this.page.getByRole('dialog');
    await chooser.getByText('OpenAI', { exact: true }).click();
    await chooser.getByLabel('Model name').fill(model);
    if (effort) await chooser.getByText(effort, { exact: true }).click();
    await this.page.keyboard.press('Escape');
    await expect(chooser).toHaveCount(0);
    await expect(problem.getByRole('button', { name: new RegExp(`^Model: ${model}`) })).toBeVisible();
    await problem.focus();
  }

  receipt(problem: Locator): Locator {
    return problem.getByRole('button', { name: /^Receipt:/ }).first();
  }
}

export interface PageFixtures {
  readonly models: ModelServer;
  readonly notebook: NotebookView;
}

/** The app opened on its Welcome notebook, its OpenAI key and address those of a scripted server. */
export const test = base.extend<PageFixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures wanted from this pattern.
  models: async ({}, use) => {
    const server = await startModelServer({ key: 'sk-scripted' });
    await use(server);
    await server.close();
  },
  notebook: async ({ page, serve, models }, use) => {
    const app = await serve({ env: { OPENAI_BASE_URL: models.url, OPENAI_API_KEY: 'sk-scripted' } });
    await page.goto(app.url);
    await use(new NotebookView(page));
  },
});

const text = [
  'Write $a = (\\pi_x - i\\pi_y)/\\sqrt2$, ',
  'so that $[a, a^\\dagger] = 1$.\n\n',
  '$$\nH = \\hbar\\omega_c\\left(a^\\dagger a + \\tfrac12\\right)\n$$\n\n',
  'The levels are those of an oscillator.',
];

/** Three paragraphs, one of them a display, after a thought with two headings. */
export const landauScript: ScriptInput = {
  waitMs: 300,
  thinkMs: 700,
  writeMs: 400,
  headings: ['Choosing ladder operators', 'Counting the states'],
  text,
  usage: { inputTokens: 1_240, outputTokens: 1_312, reasoningTokens: 1_012 },
};

export { expect };
