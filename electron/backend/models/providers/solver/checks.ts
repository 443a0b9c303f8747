import { complex, isFiniteComplex, modulus, subtract } from './complex.ts';
import { equalFractions, evaluateExactly } from './exact-arithmetic.ts';
import { derivativeAt, tendsTo } from './numeric-calculus.ts';
import { asFunction, evaluateNumerically, isCompound, unwrapFunction } from './numeric-evaluation.ts';
import type { MathJson, Values } from './numeric-evaluation.ts';
import { compareAt, samplePoints, termScale } from './samples.ts';
import type { Comparison } from './samples.ts';

/** How a result was checked, and what came of it. */
export interface Check {
  readonly outcome: Comparison;
  /** Completes "checked by …". */
  readonly by: string;
}

/** Two formulas should be one value: exactly where whole numbers allow it, otherwise at sample points. */
export function checkEqual(formula: MathJson, result: MathJson): Check {
  const [left, right] = [evaluateExactly(formula), evaluateExactly(result)];
  if (left && right) {
    return { outcome: equalFractions(left, right) ? 'equal' : 'different', by: 'exact arithmetic' };
  }
  const outcome = compareAt(
    samplePoints([formula, result]),
    (values) => evaluateNumerically(formula, values),
    (values) => evaluateNumerically(result, values),
    1e-8,
    (values) => termScale(formula, values),
  );
  return { outcome, by: nameOfNumericCheck(formula) };
}

function nameOfNumericCheck(formula: MathJson): string {
  const head = isCompound(formula) ? formula[0] : null;
  if (head === 'Integrate') return 'quadrature';
  if (head === 'Sum') return 'summation';
  if (head === 'D') return 'finite differences';
  return samplePoints([formula]).length > 1 ? 'comparison at sample points' : 'numerical evaluation';
}

/** An antiderivative's slope should be the integrand. */
export function checkAntiderivative(integrand: MathJson, result: MathJson, variable: string): Check {
  return { outcome: compareSlope(result, integrand, variable), by: 'differentiation' };
}

/** A derivative should be the slope of what was differentiated. */
export function checkDerivative(formula: MathJson, result: MathJson, variable: string): Check {
  return { outcome: compareSlope(formula, result, variable), by: 'finite differences' };
}

function compareSlope(formula: MathJson, slope: MathJson, variable: string): Comparison {
  // The variable itself must be sampled, also where it has dropped out of the slope.
  const points = samplePoints([formula, slope, ['Multiply', variable, 1]]);
  return compareAt(
    points,
    (values) => derivativeAt(asFunction(formula, variable, values), values.get(variable)?.re ?? Number.NaN),
    (values) => evaluateNumerically(slope, values),
    1e-5,
    // Cancellation in a difference quotient is of the size of the function, not of its slope.
    (values) => 1e-4 * termScale(formula, values),
  );
}

/** The function should come closer to the limit the nearer its variable comes to the point. */
export function checkLimit(formula: MathJson, result: MathJson): Check {
  const by = 'nearby values';
  if (!isCompound(formula)) return { outcome: 'undecided', by };
  const [, body, at, direction] = formula;
  const variable: unknown = isCompound(body ?? 0) && Array.isArray(body) ? body.at(-1) : undefined;
  if (body === undefined || at === undefined || typeof variable !== 'string')
    return { outcome: 'undecided', by };
  const inner = unwrapFunction(body);
  const side = direction === 1 ? 'right' : direction === -1 ? 'left' : 'both';
  const points = samplePoints([at, result, inner]);
  const holds = points.slice(0, 4).map((values) => {
    const point = evaluateNumerically(at, values);
    const limit = evaluateNumerically(result, values);
    if (point.im !== 0 || Number.isNaN(point.re) || Number.isNaN(limit.re)) return null;
    return tendsTo(asFunction(inner, variable, values), point.re, limit, side);
  });
  const known = holds.filter((held) => held !== null);
  if (known.length === 0) return { outcome: 'undecided', by };
  return { outcome: known.every(Boolean) ? 'equal' : 'different', by };
}

/** Each equation should hold with the solution in place of its unknowns. */
export function checkSolution(
  equations: readonly (readonly [MathJson, MathJson])[],
  solution: ReadonlyMap<string, MathJson>,
  /** Before anything in it was cancelled; where a denominator vanishes there is no solution. */
  asWritten: MathJson = 'Nothing',
): Comparison {
  const points = samplePoints([...equations.flat(), ...solution.values()]);
  const substituted = (values: Values): Values => {
    const inner = new Map(values);
    for (const [symbol, value] of solution) inner.set(symbol, evaluateNumerically(value, values));
    return inner;
  };
  const outcomes = equations.map(([left, right]) =>
    compareAt(
      points,
      (values) => {
        const at = substituted(values);
        const difference = subtract(evaluateNumerically(left, at), evaluateNumerically(right, at));
        return isFiniteComplex(difference) ? difference : complex(Number.NaN);
      },
      () => complex(0),
      1e-8,
      (values) => termScale(left, substituted(values)) + termScale(right, substituted(values)),
    ),
  );
  if (outcomes.includes('different')) return 'different';
  const meetsPole = [...equations.flat(), asWritten].some((side) =>
    points.some((values) => isPole(side, substituted(values))),
  );
  if (meetsPole) return 'undecided';
  return outcomes.every((outcome) => outcome === 'equal') ? 'equal' : 'undecided';
}

/** Whether a denominator vanishes here: then the formula has no value, whatever rounding makes of it. */
function isPole(formula: MathJson, values: Values): boolean {
  if (!isCompound(formula)) return false;
  const [head, ...args] = formula;
  const [base, second] = args;
  const isQuotient = head === 'Divide' && second !== undefined;
  const isInverse = head === 'Power' && second !== undefined && evaluateNumerically(second, values).re < 0;
  const denominator = isQuotient ? second : isInverse ? base : undefined;
  if (denominator !== undefined) {
    const size = modulus(evaluateNumerically(denominator, values));
    if (size <= 1e-7 * termScale(denominator, values)) return true;
  }
  return args.some((arg) => isPole(arg, values));
}
