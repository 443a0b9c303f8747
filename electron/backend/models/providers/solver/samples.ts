import { complex, isFiniteComplex, modulus, subtract } from './complex.ts';
import type { Complex } from './complex.ts';
import { evaluateNumerically, isCompound } from './numeric-evaluation.ts';
import type { MathJson, Values } from './numeric-evaluation.ts';

const engineConstants = new Set([
  'Pi',
  'ExponentialE',
  'ImaginaryUnit',
  'Half',
  'GoldenRatio',
  'EulerGamma',
  'CatalanConstant',
  'PositiveInfinity',
  'NegativeInfinity',
  'Nothing',
]);

/** Heads whose arguments make sense for whole numbers only. */
const wholeNumberHeads = new Set(['Sum', 'Product', 'Factorial', 'Binomial', 'Choose']);

/** The symbols a formula leaves open: neither constants nor bound by a sum, an integral or a limit. */
export function freeSymbols(formula: MathJson): Set<string> {
  const free = new Set<string>();
  collect(formula, new Set(), free);
  return free;
}

function collect(formula: MathJson, bound: ReadonlySet<string>, free: Set<string>): void {
  if (typeof formula === 'string') {
    if (!bound.has(formula) && !engineConstants.has(formula) && !formula.startsWith("'")) free.add(formula);
    return;
  }
  if (!isCompound(formula)) return;
  const [, ...args] = formula;
  const inner = new Set(bound);
  for (const symbol of boundBy(formula)) inner.add(symbol);
  for (const arg of args) collect(arg, inner, free);
}

function boundBy(formula: readonly MathJson[]): string[] {
  const [head, ...args] = formula;
  const names = (list: readonly MathJson[]): string[] => list.filter((item) => typeof item === 'string');
  if (head === 'Function') return names(args.slice(1));
  if (head === 'Sum' || head === 'Product' || head === 'Integrate') {
    return args.slice(1).flatMap((limits) => (isCompound(limits) ? names(limits.slice(1, 2)) : []));
  }
  return [];
}

function needsWholeNumbers(formula: MathJson): boolean {
  if (!isCompound(formula)) return false;
  const [head, ...args] = formula;
  return (typeof head === 'string' && wholeNumberHeads.has(head)) || args.some(needsWholeNumbers);
}

/**
 * Where two formulas are compared: 14 points, of both signs; whole numbers where sums, products,
 * factorials or binomials occur. The same points each time, so that a check can be repeated.
 */
export function samplePoints(formulas: readonly MathJson[]): Values[] {
  const symbols = [...new Set(formulas.flatMap((formula) => [...freeSymbols(formula)]))].sort();
  if (symbols.length === 0) return [new Map()];
  const whole = formulas.some(needsWholeNumbers);
  const random = sequence(0x5eed);
  return Array.from({ length: 14 }, (_, index) => {
    const values = new Map<string, Complex>();
    for (const symbol of symbols) {
      // The first points are positive: masses, lengths and the like often need to be.
      const real = index < 6 ? 0.3 + 2.4 * random() : 6 * random() - 3;
      values.set(symbol, complex(whole ? 1 + Math.floor(7 * random()) : real));
    }
    return values;
  });
}

/** A small linear congruential generator (Numerical Recipes' constants), in [0, 1). */
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** How large the terms of a formula are: what its rounding errors are measured against. */
export function termScale(formula: MathJson, values: Values): number {
  if (isCompound(formula)) {
    const [head, ...args] = formula;
    if (head === 'Add' || head === 'Subtract') {
      return args.reduce<number>((sum, arg) => sum + termScale(arg, values), 0);
    }
    if (head === 'Negate' && args[0] !== undefined) return termScale(args[0], values);
  }
  return modulus(evaluateNumerically(formula, values));
}

/** Whether two values agree within a relative tolerance of the terms they were made of. */
export function agrees(a: Complex, b: Complex, tolerance: number, scale = 0): boolean {
  return modulus(subtract(a, b)) <= tolerance * Math.max(modulus(a), modulus(b), scale);
}

export type Comparison = 'equal' | 'different' | 'undecided';

/**
 * Compares two functions of the sample points: equal when at least three points (one, where there
 * are no free symbols) are defined and none disagrees.
 */
export function compareAt(
  points: readonly Values[],
  left: (values: Values) => Complex,
  right: (values: Values) => Complex,
  tolerance: number,
  scaleAt: (values: Values) => number = () => 0,
): Comparison {
  let defined = 0;
  for (const values of points) {
    const [a, b] = [left(values), right(values)];
    if (!isFiniteComplex(a) || !isFiniteComplex(b)) continue;
    if (!agrees(a, b, tolerance, scaleAt(values))) return 'different';
    defined += 1;
  }
  return defined >= Math.min(3, points.length) ? 'equal' : 'undecided';
}
