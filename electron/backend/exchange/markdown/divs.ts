import { refuse } from '#shared/domain/failure.ts';
import type { Attributes } from './attributes.ts';
import { parseAttributes } from './attributes.ts';
import { createCodeFences } from './code-fences.ts';
import { commentedLines } from './comments.ts';

/** A document as text and the fenced divs that mean something to Scholium. */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'div'; readonly attributes: Attributes; readonly parts: readonly Part[] };

const openingFence = /^ {0,3}:{3,}(.*)$/s;
const closingFence = /^ {0,3}:{3,}[ \t]*$/;
/** A line of text that would be a fence: the writer puts a backslash before it, which Markdown hides. */
export const escapedFence = /^( {0,3})\\(\\*:{3,}.*)$/s;

interface OpenDiv {
  readonly line: number;
  /** `null` for a div that stays text. */
  readonly attributes: Attributes | null;
  readonly parts: Part[];
}

/**
 * Splits text at its fenced divs of the classes in `known`, given from the outside in: `[['problem'],
 * ['key']]` finds problems, and keys in them. Other divs stay text. Throws `fenced-div-unclosed`, and
 * `fenced-div-malformed` for one that names a known class in attributes that cannot be read: as text it
 * would be a problem lost without a word.
 */
export function splitDivs(
  name: string,
  lines: readonly string[],
  firstLine: number,
  known: readonly (readonly string[])[],
): Part[] {
  const opensKnown = new RegExp(String.raw`^ {0,3}:{3,}\s*\{[^}]*\.(?:${known.flat().join('|')})(?![\w-])`);
  const top: Part[] = [];
  const open: OpenDiv[] = [];
  const fences = createCodeFences();
  const commented = commentedLines(lines);
  let text: string[] = [];

  const innermost = (): Part[] => open.findLast((div) => div.attributes !== null)?.parts ?? top;
  const level = (): number => open.filter((div) => div.attributes !== null).length;
  function flush(): void {
    if (text.length > 0) innermost().push({ kind: 'text', text: text.join('\n') });
    text = [];
  }

  lines.forEach((line, index) => {
    if (commented.has(index) || fences.next(line)) {
      text.push(line);
      return;
    }
    if (closingFence.test(line)) {
      const div = open.at(-1);
      if (!div?.attributes) text.push(line);
      else flush();
      open.pop();
      if (div?.attributes) innermost().push({ kind: 'div', attributes: div.attributes, parts: div.parts });
      return;
    }
    const attributes = parseAttributes(openingFence.exec(line)?.[1] ?? '');
    if (!attributes && opensKnown.test(line)) {
      throw refuse('fenced-div-malformed', { path: name, line: firstLine + index });
    }
    if (!attributes) {
      text.push(line.replace(escapedFence, '$1$2'));
      return;
    }
    // Inside a div that stays text, everything stays text, but for what a known div holds at any depth:
    // an answer key in a problem's box is a key still, and must never be sent.
    const isInText = level() === 0 && open.at(-1)?.attributes === null;
    const isKnown = !isInText && known[level()]?.some((className) => attributes.classes.includes(className));
    if (isKnown) flush();
    else text.push(line);
    open.push({ line: firstLine + index, attributes: isKnown ? attributes : null, parts: [] });
  });

  const unclosed = open[0];
  if (unclosed) throw refuse('fenced-div-unclosed', { path: name, line: unclosed.line });
  flush();
  return top;
}
