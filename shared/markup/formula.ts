import katex from 'katex';
import type { Macros } from '../domain/notebook.ts';
import { markupText } from '../messages/markup.ts';
import { createBoundedCache, flatten } from './bounded-cache.ts';
import { escapeHtml } from './escape.ts';
import { builtinMacros } from './macros/index.ts';
import { prepareTex } from './prepare-tex.ts';
import type { FormulaRequest, MarkupOutput, MarkupProblem } from './types.ts';

/** Longer formulas show their source: KaTeX needs seconds for a sum of a hundred thousand terms. */
export const formulaLimitChars = 5_000;
/** Braces in braces; KaTeX overflows the stack at a depth that depends on the machine. */
const depthLimit = 60;
/** Steps of macro expansion in one formula; ends recursive macros. */
const expansionLimit = 1_000;
/** In em; caps `\rule`, `\kern` and their like. */
const sizeLimitEm = 20;
const cacheLimitChars = 12_000_000;

export interface FormulaContext {
  readonly macros: Macros;
  /** Stands for `macros` in cache keys: equal numbers mean equal macros. */
  readonly macrosId: number;
  readonly output: MarkupOutput;
}

export interface FormulaRenderer {
  /** The formula as HTML, or its source with the reason. Never throws. */
  render(request: FormulaRequest, context: FormulaContext): string;
  /** From now on this formula shows its source, because it was too slow. */
  condemn(request: FormulaRequest): void;
}

/** A renderer with its own cache. `announce` is told before a formula is typeset. */
export function createFormulaRenderer(announce: (request: FormulaRequest) => void): FormulaRenderer {
  const cache = createBoundedCache<string>(cacheLimitChars, (html) => html.length);
  const condemned = new Set<string>();
  const keyOf = ({ tex, isDisplay }: FormulaRequest): string => `${isDisplay ? 'D' : 'I'}${tex}`;

  return {
    render(request, context) {
      const shape = keyOf(request);
      if (condemned.has(shape)) return badFormula(request, { code: 'too-slow' });
      if (request.tex.length > formulaLimitChars) {
        const size = { lengthChars: request.tex.length, limitChars: formulaLimitChars };
        return badFormula(request, { code: 'too-long', ...size });
      }
      if (depthOf(request.tex) > depthLimit) return badFormula(request, { code: 'too-deep' });
      const key = `${context.output}${context.macrosId} ${shape}`;
      const known = cache.get(key);
      if (known !== undefined) return known;
      announce(request);
      const html = flatten(typeset(request, context));
      cache.set(key, html);
      return html;
    },
    condemn(request) {
      condemned.add(keyOf(request));
    },
  };
}

function depthOf(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < tex.length; at++) {
    const character = tex[at];
    if (character === '\\') at++;
    else if (character === '{') deepest = Math.max(deepest, ++depth);
    else if (character === '}') depth--;
  }
  return deepest;
}

function typeset(request: FormulaRequest, { macros, output }: FormulaContext): string {
  let refused: string | null = null;
  try {
    const html = katex.renderToString(prepareTex(request.tex), {
      displayMode: request.isDisplay,
      output: output === 'print' ? 'html' : 'htmlAndMathml',
      // Errors are thrown to be caught here: KaTeX's own fallback would hide the reason in a tooltip.
      throwOnError: true,
      strict: 'ignore',
      maxExpand: expansionLimit,
      maxSize: sizeLimitEm,
      // \gdef writes into this object: it lives as long as one formula.
      macros: { ...builtinMacros, ...macros },
      trust: ({ command }) => {
        refused = command;
        return false;
      },
    });
    if (refused !== null) return badFormula(request, { code: 'command-refused', command: refused });
    return output === 'print' ? withAlternative(html, request.tex) : html;
  } catch (error) {
    return badFormula(request, problemFrom(error));
  }
}

// The one image a formula may bring along: a transparent GIF of one pixel.
const transparentPixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** PDF tag trees take alternative text from images only, so one is laid over the formula. */
function withAlternative(html: string, tex: string): string {
  // In front of the formula: behind it, a comma that follows could be torn off into the next line.
  return (
    `<span class="formula"><img class="formula-alt" alt="${escapeHtml(tex.trim())}" ` +
    `src="${transparentPixel}">${html}</span>`
  );
}

/** Source and reason of a formula that cannot be typeset. */
function badFormula({ tex, isDisplay }: FormulaRequest, problem: MarkupProblem): string {
  const reason = markupText.problem(problem);
  const kind = isDisplay ? 'bad-formula bad-formula-display' : 'bad-formula';
  return (
    `<span class="${kind}" data-reason="${problem.code}" title="${escapeHtml(reason)}">` +
    `<code>${escapeHtml(shortened(tex.trim()))}</code>` +
    `<span class="bad-formula-reason">${escapeHtml(reason)}</span></span>`
  );
}

/** The start of a text too long to show whole; the whole stands in the cell's source. */
function shortened(tex: string): string {
  return tex.length > formulaLimitChars ? `${tex.slice(0, 400)} …` : tex;
}

function problemFrom(error: unknown): MarkupProblem {
  if (error instanceof RangeError) return { code: 'too-deep' };
  if (!(error instanceof Error)) return { code: 'unreadable', detail: '' };
  if (error.message.includes('Too many expansions')) {
    return { code: 'too-many-expansions', limit: expansionLimit };
  }
  const unknown = /Undefined control sequence: (\\\S+)/.exec(error.message);
  if (unknown?.[1]) return { code: 'unknown-command', command: unknown[1] };
  // "KaTeX parse error: Expected '}', got 'EOF' at end of input: …": only the first part says why.
  const detail = error.message
    .replace(/^KaTeX parse error: /, '')
    .replace(/ at (position|end of input)[^]*$/, '');
  return { code: 'unreadable', detail };
}
