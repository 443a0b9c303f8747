import {
  add,
  complex,
  divide,
  isFiniteComplex,
  modulus,
  multiply,
  scale,
  subtract,
  zero,
} from './complex.ts';
import type { Complex } from './complex.ts';

/** A function of one real variable. */
export type RealFunction = (x: number) => Complex;

/** What could not be computed to any useful precision. Never a zero, never a guess. */
export const undefinedValue = complex(Number.NaN);

/**
 * Derivative by central differences at three step sizes, extrapolated (Ridders' idea). Undefined
 * where the step sizes disagree, as at a kink or a pole.
 */
export function derivativeAt(f: RealFunction, x: number): Complex {
  const step = 1e-2 * Math.max(1, Math.abs(x));
  const slope = (h: number): Complex => scale(subtract(f(x + h), f(x - h)), 1 / (2 * h));
  let row = [slope(step)];
  let best = undefinedValue;
  let bestError = Infinity;
  for (let level = 1; level < 8; level += 1) {
    const next = [slope(step / 2 ** level)];
    for (let order = 1; order <= level; order += 1) {
      const finer = next[order - 1] ?? undefinedValue;
      const coarser = row[order - 1] ?? undefinedValue;
      const factor = 4 ** order;
      const value = scale(subtract(scale(finer, factor), coarser), 1 / (factor - 1));
      const error = Math.max(modulus(subtract(value, finer)), modulus(subtract(value, coarser)));
      if (error < bestError) {
        bestError = error;
        best = value;
      }
      next.push(value);
    }
    row = next;
  }
  return bestError <= 1e-6 * Math.max(1, modulus(best)) ? best : undefinedValue;
}

/**
 * Integral over [from, to], either end possibly infinite, by double-exponential quadrature
 * (Takahasi and Mori, 1974), which bears integrable singularities at the ends. Undefined where
 * successive halvings of the step do not converge, as for a divergent integral.
 */
export function integrate(f: RealFunction, from: number, to: number): Complex {
  if (from === to) return zero;
  if (from > to) return scale(integrate(f, to, from), -1);
  // The ends of the halves come to lie on 0, where integrands of physics have their singularities.
  if (from < 0 && to > 0) return add(integrate(f, from, 0), integrate(f, 0, to));
  const rule = transformFor(from, to);
  let previous = undefinedValue;
  for (let step = 0.5; step >= 1 / 256; step /= 2) {
    const value = trapezoid(f, rule, step);
    if (modulus(subtract(value, previous)) <= 1e-10 * Math.max(1e-3, modulus(value))) return value;
    previous = value;
  }
  return undefinedValue;
}

interface Transform {
  readonly x: (t: number) => number;
  readonly weight: (t: number) => number;
  readonly reach: number;
}

function transformFor(from: number, to: number): Transform {
  const half = Math.PI / 2;
  if (Number.isFinite(from) && Number.isFinite(to)) {
    const radius = (to - from) / 2;
    return {
      // Measured from the nearer end, so that no digit is lost close to a singularity.
      x: (t) => {
        const u = half * Math.sinh(Math.abs(t));
        const fromEnd = (2 * radius) / (1 + Math.exp(2 * u));
        return t < 0 ? from + fromEnd : to - fromEnd;
      },
      weight: (t) => (radius * half * Math.cosh(t)) / Math.cosh(half * Math.sinh(t)) ** 2,
      reach: 3.6,
    };
  }
  const sign = Number.isFinite(from) ? 1 : -1;
  const end = Number.isFinite(from) ? from : to;
  return {
    x: (t) => end + sign * Math.exp(half * Math.sinh(t)),
    weight: (t) => Math.exp(half * Math.sinh(t)) * half * Math.cosh(t),
    reach: 4.2,
  };
}

function trapezoid(f: RealFunction, rule: Transform, step: number): Complex {
  let sum = zero;
  for (let t = -rule.reach; t <= rule.reach; t += step) {
    const weight = rule.weight(t);
    if (weight === 0) continue;
    const term = scale(f(rule.x(t)), weight * step);
    if (isFiniteComplex(term)) sum = add(sum, term);
    // Overflow far out belongs to a vanishing weight; anywhere else the integrand is singular inside.
    else if (Math.abs(t) < rule.reach / 2) return undefinedValue;
  }
  return sum;
}

/** Σ or Π of `term(k)` for whole k, `to` possibly infinite; undefined where no limit shows itself. */
export function accumulate(term: RealFunction, from: number, to: number, kind: 'sum' | 'product'): Complex {
  const start = kind === 'sum' ? zero : complex(1);
  const join = kind === 'sum' ? add : multiply;
  if (Number.isFinite(to)) {
    if (to - from > 200_000) return undefinedValue;
    let total = start;
    for (let k = from; k <= to; k += 1) total = join(total, term(k));
    return total;
  }
  const partials: Complex[] = [];
  let total = start;
  let k = from;
  for (let level = 3; level <= 14; level += 1) {
    for (const end = from + 2 ** level; k < end; k += 1) {
      const next = join(total, term(k));
      // Terms such as x^k/k! overflow above and below long after they have ceased to matter.
      if (!isFiniteComplex(next) && isFiniteComplex(total)) return settled(partials, total);
      total = next;
    }
    partials.push(total);
  }
  return extrapolate(partials);
}

/** The last finite value of a series whose later terms overflow, if it had stopped moving by then. */
function settled(partials: readonly Complex[], total: Complex): Complex {
  const before = partials.at(-1);
  const moved = before ? modulus(subtract(total, before)) : Infinity;
  return moved <= 1e-13 * Math.max(1e-300, modulus(total)) ? total : undefinedValue;
}

/**
 * The limit of values taken at indices that double each time: as they stand when they have settled,
 * otherwise by Richardson extrapolation in powers of 1/index.
 */
export function extrapolate(values: readonly Complex[]): Complex {
  const last = values.at(-1);
  const before = values.at(-2);
  if (!last || !before || !isFiniteComplex(last)) return undefinedValue;
  if (modulus(subtract(last, before)) <= 1e-13 * Math.max(1, modulus(last))) return last;
  let row = [...values];
  for (let order = 1; order <= 6 && row.length > 2; order += 1) {
    const factor = 2 ** order;
    row = row.slice(1).map((value, index) => {
      const previous = row[index] ?? undefinedValue;
      return divide(subtract(scale(value, factor), previous), complex(factor - 1));
    });
    const [end, beforeEnd] = [row.at(-1), row.at(-2)];
    if (end && beforeEnd && modulus(subtract(end, beforeEnd)) <= 1e-9 * Math.max(1, modulus(end))) return end;
  }
  return undefinedValue;
}

/**
 * Whether `f` tends to `limit` at `point` (possibly infinite): its distance must shrink along a
 * sequence that approaches, from both sides unless `f` is undefined on one of them.
 */
export function tendsTo(
  f: RealFunction,
  point: number,
  limit: Complex,
  side: 'left' | 'right' | 'both',
): boolean {
  const approach = (sign: number): readonly Complex[] =>
    Array.from({ length: 16 }, (_, index) => {
      const distance = 2 ** -(index + 2);
      return f(Number.isFinite(point) ? point + sign * distance : Math.sign(point) / distance);
    });
  const sides = Number.isFinite(point) ? (side === 'both' ? [-1, 1] : [side === 'left' ? -1 : 1]) : [1];
  const defined = sides.map(approach).filter((values) => values.some(isFiniteComplex));
  return defined.length > 0 && defined.every((values) => approaches(values, limit));
}

function approaches(values: readonly Complex[], limit: Complex): boolean {
  if (!Number.isFinite(limit.re)) {
    const sizes = values.map((value) => value.re * Math.sign(limit.re)).filter((size) => !Number.isNaN(size));
    const last = sizes.slice(-4);
    return last.length === 4 && last.every((size) => size > 50 * Math.max(1, Math.abs(sizes[0] ?? 1)));
  }
  const tolerance = Math.max(1, modulus(limit));
  const distances = values.filter(isFiniteComplex).map((value) => modulus(subtract(value, limit)));
  if (distances.length < 6) return false;
  const third = Math.floor(distances.length / 3);
  const early = Math.max(...distances.slice(0, third));
  const nearest = Math.min(...distances);
  return nearest <= 1e-9 * tolerance || (nearest <= 2e-3 * tolerance && nearest <= early / 8);
}
