import type { Cell, ProblemCell } from '#shared/domain/cell.ts';
import type { Notebook } from '#shared/domain/notebook.ts';
import type { Run } from '#shared/domain/run.ts';
import { escapeHtml } from '#shared/markup/index.ts';
import type { RenderedDocument } from '#shared/markup/index.ts';
import { printWords as words } from '#shared/messages/print.ts';
import { describeRun, longestTotalMs } from '#shared/scholium/index.ts';
import { answerFor, stateSentence } from './printed-answer.ts';
import { printedScholium } from './print-scholium.ts';

/** A notebook as it goes to paper; runs of all its cells, newest first. */
export interface PrintableNotebook {
  readonly notebook: Notebook;
  /** In order. */
  readonly cells: readonly Cell[];
  readonly runs: readonly Run[];
}

/** Typesets one text of the notebook for print. */
export type RenderText = (source: string) => Promise<RenderedDocument>;

// No script, no request but for the stylesheet and its fonts. Formulas carry their own inline styles.
const policy = "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src data:";

/** One static page that refers to `/assets/print.css`; answer keys and thinking are not printed. */
export async function printPage(content: PrintableNotebook, render: RenderText): Promise<string> {
  const title = escapeHtml(content.notebook.title || words.untitled);
  const notes = new Map<Cell, RenderedDocument>();
  for (const cell of content.cells) if (cell.kind === 'note') notes.set(cell, await render(cell.source));
  // The notebook's highest headings stand one level below its title, whatever their level is.
  const levels = [...notes.values()].flatMap(({ headings }) => headings.map((heading) => heading.level));
  const below = levels.length > 0 ? 2 - Math.min(...levels) : 1;

  const sections: string[] = [];
  let level = 1;
  for (const cell of content.cells) {
    const note = notes.get(cell);
    if (note) {
      level = Math.min(6, (note.headings.at(-1)?.level ?? level - below) + below);
      sections.push(
        `<section class="cell markup">${damage('cell', cell)}${blocksHtml(note, below)}</section>`,
      );
    } else if (cell.kind === 'problem') {
      sections.push(await problemSection(cell, content.runs, render, Math.min(6, level + 1)));
    }
  }
  return (
    `<!doctype html>\n<html lang="en"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<title>${title}</title><link rel="stylesheet" href="/assets/print.css"></head>\n` +
    `<body><h1 class="title">${title}</h1>\n${damage('notebook', content.notebook)}${sections.join('\n')}\n</body></html>\n`
  );
}

async function problemSection(
  cell: ProblemCell,
  runs: readonly Run[],
  render: RenderText,
  level: number,
): Promise<string> {
  const question = await render(cell.source);
  const domain = cell.domain ? ` <span class="domain">${escapeHtml(cell.domain)}</span>` : '';
  const own = runs.filter((run) => run.cellId === cell.id);
  const run = answerFor(cell, own);
  const answer = run ? await answerSection(cell, run, own, render, level) : '';
  return (
    `<section class="cell problem"><div class="question markup">` +
    `<h${level} class="kind">${words.problem}${domain}</h${level}>${damage('cell', cell)}${blocksHtml(question, level)}</div>` +
    `${answer}</section>`
  );
}

async function answerSection(
  cell: ProblemCell,
  run: Run,
  own: readonly Run[],
  render: RenderText,
  level: number,
): Promise<string> {
  const answer = await render(run.answer);
  const scaleMs = longestTotalMs(own);
  const receipt = printedScholium(describeRun(run, scaleMs === null ? {} : { scaleMs }));
  const remarks = [stateSentence(run), run.question === cell.source ? null : words.questionChanged];
  const said = remarks
    .filter((remark) => remark !== null)
    .map((remark) => `<p class="remark">${escapeHtml(remark)}</p>`);
  return `<div class="answer"><div class="answer-text markup">${damage('run', run)}${said.join('')}${blocksHtml(answer, level)}</div>${receipt}</div>`;
}

/** Paper outlives the warning on the screen. */
function damage(of: keyof typeof words.damaged, { isDamaged }: { readonly isDamaged?: true }): string {
  return isDamaged ? `<p class="remark">${words.damaged[of]}</p>` : '';
}

/** Blocks with their headings `below` levels further down, so that all headings make one outline. */
function blocksHtml({ blocks }: RenderedDocument, below: number): string {
  return blocks
    .map(({ html }) => {
      const [whole, found] = /^<h([1-6])>/.exec(html) ?? [];
      if (whole === undefined) return html;
      const shifted = Math.max(2, Math.max(2, Math.min(6, Number(found) + below)));
      return `<h${shifted}>${html.slice(whole.length).replace(/<\/h[1-6]>\s*$/, `</h${shifted}>\n`)}`;
    })
    .join('');
}
