import { jsonOf, makeFrom } from './engine.ts';
import type { Formula } from './engine.ts';
import { evaluateNumerically, isCompound } from './numeric-evaluation.ts';
import type { MathJson } from './numeric-evaluation.ts';
import { agrees, freeSymbols } from './samples.ts';

/** LaTeX as a person would write it. */
export function typeset(formula: Formula): string {
  const rows = matrixRows(jsonOf(formula));
  if (rows) {
    const body = rows.map((row) => row.map((entry) => typeset(makeFrom(entry))).join(' & ')).join(' \\\\ ');
    return `\\begin{pmatrix} ${body} \\end{pmatrix}`;
  }
  return tidy(formula.latex);
}

function matrixRows(json: MathJson): readonly (readonly MathJson[])[] | null {
  if (!isCompound(json)) return null;
  const [head, ...args] = json;
  if (head === 'Matrix') return args[0] === undefined ? null : matrixRows(args[0]);
  if (head !== 'List' || args.length === 0) return null;
  const rows = args.map((row) => (isCompound(row) && row[0] === 'List' ? row.slice(1) : null));
  return rows.every((row) => row !== null) ? rows : null;
}

function tidy(latex: string): string {
  const plain = expAsPower(latex)
    .replace(/(\\[a-zA-Z]+)?\\exponentialE/g, (_, before?: string) => apart(before, 'e'))
    .replace(/(\\[a-zA-Z]+)?\\imaginaryI/g, (_, before?: string) => apart(before, 'i'))
    .replace(/\\times(?=\()/g, '');
  return growBrackets(withoutNeedlessBrackets(plain));
}

/** A letter must not grow on to the name of the command before it: `\lambda e`, not `\lambdae`. */
function apart(before: string | undefined, letter: string): string {
  return before === undefined ? letter : `${before} ${letter}`;
}

/** `-((x+1)e^{x})` → `-(x+1)e^{x}` */
function withoutNeedlessBrackets(latex: string): string {
  if (!latex.startsWith('-(') || closingBracket(latex, 1) !== latex.length - 1) return latex;
  const inner = latex.slice(2, -1);
  return hasTopLevelSum(inner) ? latex : `-${inner}`;
}

function hasTopLevelSum(latex: string): boolean {
  let depth = 0;
  for (const character of latex) {
    if ('({['.includes(character)) depth += 1;
    else if (')}]'.includes(character)) depth -= 1;
    else if (depth === 0 && (character === '+' || character === '-')) return true;
  }
  return false;
}

/** Brackets as tall as the fractions they hold. */
function growBrackets(latex: string): string {
  let result = '';
  const growing: boolean[] = [];
  for (let at = 0; at < latex.length; at += 1) {
    const character = latex[at] ?? '';
    if (character === '(') {
      const isTall = latex.slice(at, Math.max(at, closingBracket(latex, at))).includes('\\frac');
      growing.push(isTall);
      result += isTall ? '\\left(' : '(';
    } else if (character === ')') result += growing.pop() ? '\\right)' : ')';
    else result += character;
  }
  return result;
}

/** `\exp(-x)` → `e^{-x}`, brackets matched. */
function expAsPower(latex: string): string {
  let result = latex;
  for (let at = result.indexOf('\\exp('); at >= 0; at = result.indexOf('\\exp(', at + 1)) {
    const end = closingBracket(result, at + 4);
    if (end < 0) return result;
    const exponent = result.slice(at + 5, end);
    const before = result.slice(0, at);
    const space = /\\[a-zA-Z]+$/.test(before) ? ' ' : '';
    result = `${before}${space}e^{${exponent}}${result.slice(end + 1)}`;
  }
  return result;
}

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/**
 * `\approx 1.6449341` behind an exact value that does not show its size; empty otherwise, and where
 * the engine's 21 digits and our 16 differ in the eight that are shown, as after a cancellation.
 */
export function approximation(formula: Formula): string {
  const json = jsonOf(formula);
  if (freeSymbols(json).size > 0 || isPlainNumber(json)) return '';
  const value = evaluateNumerically(json, new Map());
  if (!Number.isFinite(value.re) || value.im !== 0) return '';
  const other = evaluateNumerically(jsonOf(formula.N()), new Map());
  if (value.re === 0 || !agrees(value, other, 5e-9)) return '';
  return ` \\approx ${decimal(value.re)}`;
}

/** A number as it stands, or a table of them: nothing more is to be said of its size. */
export function isPlainNumber(json: MathJson): boolean {
  if (typeof json === 'number') return true;
  if (typeof json === 'string') return json.endsWith('Infinity') || json === 'True' || json === 'False';
  return (
    !isCompound(json) ||
    json[0] === 'Rational' ||
    json[0] === 'Complex' ||
    json[0] === 'List' ||
    json[0] === 'Matrix'
  );
}

/** Eight significant digits, with a power of ten where a plain decimal would be unreadable. */
export function decimal(value: number): string {
  const rounded = Number(value.toPrecision(8));
  const size = Math.abs(rounded);
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    const [digits = '', exponent = '0'] = rounded.toExponential().split('e');
    return `${digits} \\times 10^{${Number(exponent)}}`;
  }
  return String(rounded);
}
