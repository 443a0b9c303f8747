import { isCompound } from './numeric-evaluation.ts';
import type { MathJson } from './numeric-evaluation.ts';

interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

const maxExponent = 20_000n;

/**
 * The exact value of a formula made of whole numbers, sums, products, quotients, whole powers,
 * factorials and binomials; `null` for any other. Doubles would call 10⁵⁰ + 1 and 10⁵⁰ equal.
 */
export function evaluateExactly(formula: MathJson): Fraction | null {
  if (typeof formula === 'number') return Number.isSafeInteger(formula) ? whole(BigInt(formula)) : null;
  if (typeof formula === 'string') return null;
  if (!isCompound(formula))
    return 'num' in formula && /^-?\d+n?$/.test(formula.num)
      ? whole(BigInt(formula.num.replace('n', '')))
      : null;
  const [head, ...args] = formula;
  const parts: Fraction[] = [];
  for (const arg of args) {
    const part = evaluateExactly(arg);
    if (part === null) return null;
    parts.push(part);
  }
  return typeof head === 'string' ? combine(head, parts) : null;
}

/** Whether two exact values are one number. */
export function equalFractions(a: Fraction, b: Fraction): boolean {
  return a.over * b.under === b.over * a.under;
}

const whole = (value: bigint): Fraction => ({ over: value, under: 1n });
const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under });
const plus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under + b.over * a.under,
  under: a.under * b.under,
});

function combine(head: string, parts: readonly Fraction[]): Fraction | null {
  const [a, b] = parts;
  if (!a) return null;
  switch (head) {
    case 'Add':
      return parts.reduce(plus);
    case 'Multiply':
      return parts.reduce(times);
    case 'Negate':
      return { over: -a.over, under: a.under };
    case 'Subtract':
      return b ? plus(a, { over: -b.over, under: b.under }) : null;
    case 'Divide':
    case 'Rational':
      return b && b.over !== 0n ? times(a, { over: b.under, under: b.over }) : null;
    case 'Power':
      return b ? wholePower(a, b) : null;
    case 'Factorial':
      return isWhole(a) && a.over >= 0n && a.over <= 3_000n ? whole(factorial(a.over)) : null;
    case 'Binomial':
    case 'Choose':
      return b ? binomial(a, b) : null;
    default:
      return null;
  }
}

const isWhole = (value: Fraction): boolean => value.under === 1n;

function wholePower(base: Fraction, exponent: Fraction): Fraction | null {
  if (!isWhole(exponent) || exponent.over > maxExponent || exponent.over < -maxExponent) return null;
  const size = exponent.over < 0n ? -exponent.over : exponent.over;
  const raised = { over: base.over ** size, under: base.under ** size };
  if (exponent.over >= 0n) return raised;
  return raised.over === 0n ? null : { over: raised.under, under: raised.over };
}

function factorial(n: bigint): bigint {
  let product = 1n;
  for (let factor = 2n; factor <= n; factor += 1n) product *= factor;
  return product;
}

function binomial(n: Fraction, k: Fraction): Fraction | null {
  if (!isWhole(n) || !isWhole(k) || k.over < 0n || n.over < k.over || n.over > 3_000n) return null;
  return whole(factorial(n.over) / (factorial(k.over) * factorial(n.over - k.over)));
}
