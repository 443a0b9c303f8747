import { limits } from '#shared/contract/schemas.ts';
import type { CellDraft, NotebookDraft } from '#shared/domain/draft.ts';
import { refuse } from '#shared/domain/failure.ts';
import { createCodeFences } from './code-fences.ts';
import type { Part } from './divs.ts';
import { splitDivs } from './divs.ts';
import { readMetadata } from './metadata.ts';
import { readText, trimBlankLines } from './text.ts';

/** A note longer than this is split at its headings of levels 1 and 2. */
const longNoteChars = 2_000;

/**
 * Reads a Markdown file as a notebook: problems are fenced divs of class `problem`, with their key in
 * a nested `key` div or an `answer` attribute; all else is notes. The title is the metadata's, else a
 * level-1 heading, else the file's name. Throws `file-too-large`, `file-not-utf8`,
 * `fenced-div-unclosed`, `fenced-div-malformed` and `text-too-long`.
 */
export function readMarkdownNotebook(name: string, bytes: Uint8Array): NotebookDraft {
  const lines = readText(name, bytes).split('\n');
  const metadata = readMetadata(lines);
  const body = lines.slice(metadata.lineCount);
  const { title, lines: rest, skipped } = titleOf(metadata.title, body, name);
  const parts = splitDivs(name, rest, metadata.lineCount + skipped + 1, [['problem', 'note-cell'], ['key']]);
  const cells = parts.flatMap(cellsOf);
  if (metadata.rest.length > 0) cells.unshift(note(['```yaml', ...metadata.rest, '```'].join('\n')));
  for (const { source } of cells) {
    if (source.length > limits.sourceChars) {
      throw refuse('text-too-long', { lengthChars: source.length, limitChars: limits.sourceChars });
    }
  }
  const { tags, macros } = metadata;
  return { title: title.slice(0, limits.titleChars), tags, macros, cells };
}

/** A heading that opens the file becomes its title and leaves the text; a later one only lends its words. */
function titleOf(
  given: string | null,
  lines: readonly string[],
  name: string,
): { title: string; lines: readonly string[]; skipped: number } {
  if (given !== null) return { title: given, lines, skipped: 0 };
  const first = lines.findIndex((line) => line.trim() !== '');
  const opening = headingText(lines[first] ?? '');
  if (opening !== null) return { title: opening, lines: lines.slice(first + 1), skipped: first + 1 };
  const fences = createCodeFences();
  const heading = lines
    .map((line) => (fences.next(line) ? null : headingText(line)))
    .find((text) => text !== null);
  return {
    title: heading ?? name.replace(/^.*[/\\]/, '').replace(/\.(md|markdown|txt)$/i, ''),
    lines,
    skipped: 0,
  };
}

function headingText(line: string): string | null {
  const text = /^ {0,3}#[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/s.exec(line)?.[1];
  return text ? text : null;
}

function cellsOf(part: Part): CellDraft[] {
  if (part.kind === 'text') {
    const text = trimBlankLines(part.text);
    return text === '' ? [] : splitNote(text).map(note);
  }
  const { attributes, parts } = part;
  const source = attributes.values.get('source') ?? trimBlankLines(textOf(parts));
  if (attributes.classes.includes('note-cell')) return [note(source)];
  const keys = parts.filter((inner) => inner.kind === 'div');
  const key = keys.map((inner) => trimBlankLines(textOf(inner.parts))).find((text) => text !== '');
  const answerKey = key ?? attributes.values.get('answer') ?? '';
  const domain = attributes.values.get('domain') ?? '';
  return [
    {
      kind: 'problem',
      source,
      answerKey: answerKey || null,
      domain: domain.slice(0, limits.domainChars) || null,
    },
  ];
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n');
}

function note(source: string): CellDraft {
  return { kind: 'note', source, answerKey: null, domain: null };
}

/** Link definitions hold for one cell, so a note that has some stays whole. */
export function splitNote(text: string): string[] {
  if (text.length <= longNoteChars || /^ {0,3}\[[^\]]+\]:\s/m.test(text)) return [text];
  const fences = createCodeFences();
  const sections: string[][] = [[]];
  for (const line of text.split('\n')) {
    const isHeading = !fences.next(line) && /^#{1,2}[ \t]/.test(line);
    if (isHeading && sections.at(-1)?.some((before) => before.trim() !== '')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  return sections.map((section) => trimBlankLines(section.join('\n')));
}
