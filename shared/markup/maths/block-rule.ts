import type { StateBlock } from 'markdown-it';
import { bareEnvironment } from './delimiters.ts';

/** A display formula may span this many lines, blank ones included. */
const spanLimitLines = 400;

/** Where in the environment of a parse the first opener without a closer so far is noted. */
export const openMathsLine = Symbol('line of the first display formula that is still open');

/** In the environment of a parse of a part of a text: the formulas in it that have no end are known to be none. */
export const isPartOfText = Symbol('the text goes on behind what is parsed');

/**
 * Display formulas on their own lines: `$$…$$`, `\[…\]`, `\begin{…}…\end{…}`; stands before `fence`.
 * Blank lines may stand inside only when the opening delimiter has its line for itself.
 */
export function blockMaths(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (startLine > 0 && (state.sCount[startLine] ?? 0) - state.blkIndent >= 4) return false;
  const first = lineText(state, startLine);
  const closer = closerFor(first);
  if (closer === null) return false;

  const closing = findClosing(state, startLine, endLine, closer);
  if (closing === 'open') {
    const noted = state.env[openMathsLine];
    state.env[openMathsLine] = typeof noted === 'number' ? Math.min(noted, startLine) : startLine;
  }
  const isCutOff = closing === 'open' && state.env[isPartOfText] !== true;
  if (isCutOff && isMeantAsFormula(first, closer) && !isEndOfInline(state, startLine, closer)) {
    return unfinished(state, startLine, endLine, silent);
  }
  if (typeof closing !== 'number') return false;
  const indent = state.sCount[startLine] ?? 0;
  const text = state.getLines(startLine, closing + 1, indent, false).trim();
  const content = closer.isEnvironment ? text : text.slice(closer.opener.length, -closer.text.length);
  if (content.trim() === '') return false;
  if (silent) return true;

  state.line = closing + 1;
  const token = state.push('formula_block', '', 0);
  token.block = true;
  token.content = content;
  token.markup = closer.opener;
  token.map = [startLine, state.line];
  return true;
}

/** A line that begins with two dollars may speak of money. */
function isMeantAsFormula(line: string, { opener, text }: Closer): boolean {
  return text !== '$$' || line === opener || /[\\^_={]/.test(line.slice(opener.length));
}

/** Two dollars that end a formula begun within the paragraph before them. */
function isEndOfInline(state: StateBlock, startLine: number, { text }: Closer): boolean {
  if (text !== '$$') return false;
  let count = 0;
  for (let line = startLine - 1; line >= 0 && !state.isEmpty(line); line--) {
    count += lineText(state, line).split('$$').length - 1;
  }
  return count % 2 === 1;
}

/** A display formula whose end never came, such as in an answer that was stopped: its source, to the next blank line. */
function unfinished(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  if (silent) return true;
  let end = startLine + 1;
  while (end < endLine && !state.isEmpty(end) && (state.sCount[end] ?? 0) >= state.blkIndent) end++;
  state.line = end;
  const token = state.push('formula_source', '', 0);
  token.block = true;
  token.content = state.getLines(startLine, end, state.sCount[startLine] ?? 0, false).trim();
  token.map = [startLine, end];
  return true;
}

interface Closer {
  readonly opener: string;
  readonly text: string;
  readonly isEnvironment: boolean;
}

function closerFor(line: string): Closer | null {
  if (line.startsWith('$$$')) return null;
  if (line.startsWith('$$')) return { opener: '$$', text: '$$', isEnvironment: false };
  if (line.startsWith('\\[')) return { opener: '\\[', text: '\\]', isEnvironment: false };
  if (!line.startsWith('\\begin{')) return null;
  const name = bareEnvironment.exec(line)?.[1];
  return name === undefined
    ? null
    : { opener: `\\begin{${name}}`, text: `\\end{${name}}`, isEnvironment: true };
}

/** The line whose end closes the formula; `open` when only the end of the text was missing; else `null`. */
function findClosing(
  state: StateBlock,
  startLine: number,
  endLine: number,
  closer: Closer,
): number | 'open' | null {
  const first = lineText(state, startLine);
  const indent = Math.min(state.blkIndent, state.sCount[startLine] ?? 0);
  const mayHoldBlanks = first === closer.opener || closer.isEnvironment;
  let depth = 1;
  let from = closer.opener.length;
  for (let line = startLine; line < endLine; line++) {
    if (line - startLine >= spanLimitLines && mayHoldBlanks) return null;
    if (line > startLine) {
      from = 0;
      if (state.isEmpty(line)) {
        if (mayHoldBlanks) continue;
        return null;
      }
      if ((state.sCount[line] ?? 0) < indent) return null;
    }
    const text = lineText(state, line);
    const found = scanLine(text, from, closer, depth);
    if (found.closedAt !== null) return text.slice(found.closedAt).trim() === '' ? line : null;
    depth = found.depth;
  }
  return 'open';
}

/** Follows one line of a formula, past escaped characters and environments of the same name. */
function scanLine(
  text: string,
  from: number,
  closer: Closer,
  depthBefore: number,
): { readonly closedAt: number | null; readonly depth: number } {
  let depth = depthBefore;
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(closer.text, at) && --depth === 0) {
      return { closedAt: at + closer.text.length, depth };
    }
    if (closer.isEnvironment && text.startsWith(closer.opener, at)) depth++;
    if (text[at] === '\\') at++;
  }
  return { closedAt: null, depth };
}

function lineText(state: StateBlock, line: number): string {
  const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
  return state.src.slice(start, state.eMarks[line] ?? start).trimEnd();
}
