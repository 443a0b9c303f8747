/** A formula found in text: `source.slice(contentStart, contentEnd)` is its TeX, `end` is behind its closer. */
export interface FoundFormula {
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
  readonly isDisplay: boolean;
}

const dollar = 36;
const backslash = 92;

/** How many characters may still be looked at while searching for closers; keeps hostile text linear. */
export interface SearchBudget {
  leftChars: number;
}

/** Environments that may stand in text without delimiters round them. */
export const bareEnvironment =
  /^\\begin\{((?:equation|align|alignat|gather|multline|flalign|eqnarray|split|aligned|gathered|alignedat|cases|dcases|rcases|drcases|array|CD|displaymath|math|subequations|(?:p|b|B|v|V|small)?matrix)\*?)\}/;

/** The formula that begins at `start`, or `null` when what stands there is text. */
export function findFormula(
  source: string,
  start: number,
  end: number,
  budget: SearchBudget,
): FoundFormula | null {
  const first = source.charCodeAt(start);
  const second = start + 1 < end ? source[start + 1] : '';
  if (first === dollar) {
    // Three dollars in a row delimit nothing.
    if (second === '$' && source[start + 2] === '$') return null;
    if (second === '$') return findDelimited(source, start, end, '$$', '$$', true, budget);
    return findDollar(source, start, end, budget);
  }
  if (first !== backslash) return null;
  if (second === '(') return findDelimited(source, start, end, '\\(', '\\)', false, budget);
  if (second === '[') return findDelimited(source, start, end, '\\[', '\\]', true, budget);
  if (second === 'b') return findEnvironment(source, start, end, budget);
  return null;
}

function findDelimited(
  source: string,
  start: number,
  end: number,
  opener: string,
  closer: string,
  isDisplay: boolean,
  budget: SearchBudget,
): FoundFormula | null {
  const contentStart = start + opener.length;
  for (let at = contentStart; at < end; at++) {
    if (budget.leftChars-- <= 0) return null;
    if (source.startsWith(closer, at) && at + closer.length <= end) {
      const isEmpty = source.slice(contentStart, at).trim() === '';
      return isEmpty ? null : { contentStart, contentEnd: at, end: at + closer.length, isDisplay };
    }
    // An escaped character is part of the formula; the second of `\\` never begins a delimiter.
    if (source.charCodeAt(at) === backslash) at++;
  }
  return null;
}

/**
 * `$…$`. A dollar followed by a space opens nothing and one after a space, or before a digit, closes
 * nothing, so that "$5 and $6" stays money. `$ x $` is still a formula when it looks like one.
 */
function findDollar(source: string, start: number, end: number, budget: SearchBudget): FoundFormula | null {
  let depth = 0;
  for (let at = start + 1; at < end; at++) {
    if (budget.leftChars-- <= 0) return null;
    const character = source[at];
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (depth <= 0 && character === '`') return null;
    else if (depth <= 0 && character === '$') {
      const content = source.slice(start + 1, at);
      if (!closesFormula(content, source[at + 1] ?? '')) return null;
      return { contentStart: start + 1, contentEnd: at, end: at + 1, isDisplay: false };
    }
  }
  return null;
}

function closesFormula(content: string, after: string): boolean {
  if (content.trim() === '' || after === '$' || /\n[ \t]*\n/.test(content)) return false;
  const isSpacedBefore = /^\s/.test(content);
  const isSpacedAfter = /\s$/.test(content);
  if (isSpacedBefore && isSpacedAfter) return /^\s+([A-Za-z]|[^\n]*[\\^_=<>][^\n]*)\s+$/.test(content);
  if (isSpacedBefore || isSpacedAfter) return false;
  return !/[0-9]/.test(after) && !isMoney(content);
}

/** "5 and 10", "20–30 euros or": an amount, then words. */
function isMoney(content: string): boolean {
  return (
    /^[0-9][0-9.,]*(?:[–-][0-9.,]+)?\s*(?:[kKMB]|bn)?[,;]?\s+[A-Za-z]{2,}(?:\s|$)/.test(content) &&
    !/[\\^_=]/.test(content)
  );
}

function findEnvironment(
  source: string,
  start: number,
  end: number,
  budget: SearchBudget,
): FoundFormula | null {
  const opening = bareEnvironment.exec(source.slice(start, Math.min(end, start + 30)));
  const name = opening?.[1];
  if (!opening || name === undefined) return null;
  const begin = `\\begin{${name}}`;
  const close = `\\end{${name}}`;
  let depth = 1;
  for (let at = start + begin.length; at < end; at++) {
    if (budget.leftChars-- <= 0) return null;
    if (source.charCodeAt(at) !== backslash) continue;
    if (source.startsWith(begin, at)) depth++;
    else if (source.startsWith(close, at) && --depth === 0) {
      const behind = at + close.length;
      return behind <= end ? { contentStart: start, contentEnd: behind, end: behind, isDisplay: true } : null;
    }
    at++;
  }
  return null;
}
