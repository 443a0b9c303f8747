import { ComputeEngine } from '@cortex-js/compute-engine';
import type { Expression } from '@cortex-js/compute-engine';
import { refuse } from '#shared/domain/failure.ts';
import { isCompound } from './numeric-evaluation.ts';
import type { MathJson } from './numeric-evaluation.ts';
import { limitDerivatives } from './operator-scope.ts';

/** The algebra engine, made on first use: it takes half a second and a hundred megabytes. */
let engine: ComputeEngine | null = null;
function theEngine(): ComputeEngine {
  engine ??= new ComputeEngine();
  return engine;
}

export type Formula = Expression;

/** Physicists' and editors' habits that the engine does not read. */
const rewrites: readonly (readonly [RegExp, string])[] = [
  [/\\dd\b\s*/g, '\\mathrm{d} '],
  [/\\(?:label|tag\*?)\{[^}]*\}/g, ''],
  [/\\(?:displaystyle|textstyle|nonumber|notag)\b/g, ''],
  [/\\dv\{([^{}]*)\}\{([^{}]*)\}/g, '\\frac{\\mathrm{d} $1}{\\mathrm{d} $2}'],
  [/\\dv\{([^{}]*)\}/g, '\\frac{\\mathrm{d}}{\\mathrm{d} $1}'],
  [/\\(?:begin|end)\{(?:equation|align|aligned|gather)\*?\}/g, ''],
  [/\\([dt])frac\b/g, '\\frac'],
  [/\\(?:left|right)\s*\./g, ''],
];

/** Parses LaTeX. Throws `solver-unreadable` with the part that was not understood. */
export function parse(latex: string): Formula {
  // Read as thousands by the engine, and as a decimal comma by half of Europe.
  const comma = /\d+\{,\}(?!\d{3}(?!\d))\d*/.exec(latex);
  if (comma) throw refuse('solver-unreadable', { detail: comma[0].slice(0, 60) });
  const formula = theEngine().parse(readable(latex));
  const json = jsonOf(formula);
  if (!formula.isValid || json === 'Nothing') throw refuse('solver-unreadable', { detail: firstError(json) });
  return formula;
}

/** The formula as it was written: reading it properly already cancels x/x. For looking at, not for reckoning. */
export function parseAsWritten(latex: string): MathJson {
  return toMathJson(theEngine().parse(readable(latex), { form: 'raw' }).json);
}

function readable(latex: string): string {
  const rewritten = rewrites.reduce((text, [pattern, by]) => text.replace(pattern, by), latex);
  // Alignment marks mean nothing outside of arrays; inside of them they part the columns.
  const aligned = /\\begin\{/.test(rewritten) ? rewritten : rewritten.replaceAll('&', '');
  return limitDerivatives(aligned);
}

function firstError(json: MathJson): string {
  if (!isCompound(json)) return '';
  const [head, ...args] = json;
  if (head === 'LatexString' && typeof args[0] === 'string') return args[0].replaceAll("'", '').slice(0, 60);
  for (const arg of args) {
    const found = firstError(arg);
    if (found) return found;
  }
  return '';
}

/** A formula from its parts: `make('D', f, 'x')`. */
export function make(head: string, ...args: (Formula | MathJson)[]): Formula {
  const box = theEngine();
  return box.function(
    head,
    args.map((arg) => (isFormula(arg) ? arg : box.expr(writable(arg)))),
  );
}

export function makeFrom(json: MathJson): Formula {
  return theEngine().expr(writable(json));
}

/** Tells the engine's own formulas from everything else it may return. */
export function isFormula(value: unknown): value is Formula {
  return typeof value === 'object' && value !== null && 'json' in value && 'latex' in value;
}

type EngineJson = Exclude<Parameters<ComputeEngine['expr']>[0], Expression>;

function writable(json: MathJson): EngineJson {
  if (!isCompound(json)) return json;
  const [head, ...args] = json;
  if (typeof head !== 'string') throw new Error('A formula begins with its head');
  return [head, ...args.map(writable)] as EngineJson;
}

/** The formula as plain data, for the checks that must not trust the engine. */
export function jsonOf(formula: Formula): MathJson {
  return toMathJson(formula.json);
}

function toMathJson(value: unknown): MathJson {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(toMathJson);
  if (typeof value === 'object' && value !== null) {
    if ('num' in value && typeof value.num === 'string') return numberOf(value.num);
    if ('sym' in value && typeof value.sym === 'string') return value.sym;
    if ('fn' in value) return toMathJson(value.fn);
    if ('str' in value && typeof value.str === 'string') return `'${value.str}'`;
  }
  return 'Undefined';
}

/** Repeating decimals and infinities stay text; the evaluations know what they cannot read. */
function numberOf(text: string): MathJson {
  if (text === '+Infinity' || text === 'Infinity') return 'PositiveInfinity';
  if (text === '-Infinity') return 'NegativeInfinity';
  return { num: text };
}
