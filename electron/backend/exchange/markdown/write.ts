import type { CellDraft, NotebookDraft } from '#shared/domain/draft.ts';
import { writeAttribute } from './attributes.ts';
import { createCodeFences } from './code-fences.ts';
import { splitNote } from './read.ts';
import { trimBlankLines } from './text.ts';

/** What of a cell is written; a `Cell` of the library fits as well. */
type WritableCell = Pick<CellDraft, 'kind' | 'source'> & Partial<Pick<CellDraft, 'answerKey' | 'domain'>>;

/** Writes a notebook so that `readMarkdownNotebook` gives the same cells back. Runs are not written. */
export function writeMarkdownNotebook(
  notebook: Pick<NotebookDraft, 'title' | 'tags' | 'macros'>,
  cells: readonly WritableCell[],
): string {
  const head = ['---', `title: ${JSON.stringify(notebook.title)}`];
  if (notebook.tags.length > 0) head.push(`tags: ${JSON.stringify(notebook.tags)}`);
  if (Object.keys(notebook.macros).length > 0) head.push(`macros: ${JSON.stringify(notebook.macros)}`);
  const blocks = [`${head.join('\n')}\n---`];
  cells.forEach((cell, index) => {
    if (cell.kind === 'problem') blocks.push(problemBlock(cell));
    else blocks.push(noteBlock(cell.source, cells[index - 1]?.kind === 'note'));
  });
  return `${blocks.join('\n\n')}\n`;
}

/** Bare text where it stays one note when it is read, otherwise a div of its own. */
function noteBlock(source: string, followsNote: boolean): string {
  if (!isPlain(source)) return `::: {.note-cell ${writeAttribute('source', source)}}\n:::`;
  const isWhole = source !== '' && splitNote(source).length === 1;
  if (isWhole && !followsNote) return escapeFences(source);
  return `::: {.note-cell}\n${escapeFences(source)}\n:::`;
}

function problemBlock({ source, answerKey, domain }: WritableCell): string {
  const attributes = ['.problem'];
  if (domain) attributes.push(writeAttribute('domain', domain));
  const isSourcePlain = isPlain(source);
  if (!isSourcePlain) attributes.push(writeAttribute('source', source));
  const isKeyPlain = !answerKey || (isPlain(answerKey) && answerKey.trim() !== '');
  if (answerKey && !isKeyPlain) attributes.push(writeAttribute('answer', answerKey));

  const lines = [`::: {${attributes.join(' ')}}`];
  if (isSourcePlain && source !== '') lines.push(escapeFences(source));
  if (answerKey && isKeyPlain) lines.push('', '::: {.key}', escapeFences(answerKey), ':::');
  return [...lines, ':::'].join('\n');
}

/** Whether a text can stand between other lines and come back as it is. */
function isPlain(text: string): boolean {
  if (text.includes('\r') || text !== trimBlankLines(text)) return false;
  const fences = createCodeFences();
  for (const line of text.split('\n')) fences.next(line);
  return !fences.isOpen;
}

/** Lines of text that look like a div's fence get a backslash, which Markdown does not show. */
function escapeFences(text: string): string {
  const fences = createCodeFences();
  return text
    .split('\n')
    .map((line) => (fences.next(line) ? line : line.replace(/^( {0,3})(\\*:{3,})/, '$1\\$2')))
    .join('\n');
}
