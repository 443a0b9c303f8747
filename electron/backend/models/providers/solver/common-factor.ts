import { isCompound } from './numeric-evaluation.ts';
import type { MathJson } from './numeric-evaluation.ts';

/**
 * `−x²e⁻ˣ − 2xe⁻ˣ − 2e⁻ˣ` → `−(x² + 2x + 2)e⁻ˣ`: pulls out an exponential that all terms share, as a
 * person would write it. The result is checked like any other.
 */
export function collectCommonFactor(json: MathJson): MathJson {
  if (!isCompound(json) || json[0] !== 'Add' || json.length < 3) return json;
  const terms = json.slice(1).map(asProduct);
  const shared = terms[0]?.factors.find(
    (factor) =>
      isExponential(factor) && terms.every((term) => term.factors.some((other) => same(other, factor))),
  );
  if (shared === undefined) return json;
  const allNegative = terms.every((term) => term.isNegative);
  const rest = terms.map((term) => {
    const at = term.factors.findIndex((factor) => same(factor, shared));
    const others = term.factors.filter((_, index) => index !== at);
    const product =
      others.length === 0
        ? 1
        : others.length === 1 && others[0] !== undefined
          ? others[0]
          : ['Multiply', ...others];
    return term.isNegative && !allNegative ? ['Negate', product] : product;
  });
  const collected: MathJson = ['Multiply', ['Add', ...rest], shared];
  return allNegative ? ['Negate', collected] : collected;
}

interface Product {
  readonly isNegative: boolean;
  readonly factors: readonly MathJson[];
}

function asProduct(term: MathJson): Product {
  if (!isCompound(term)) return { isNegative: false, factors: [term] };
  const [head, ...args] = term;
  if (head === 'Negate' && args[0] !== undefined) {
    const inner = asProduct(args[0]);
    return { isNegative: !inner.isNegative, factors: inner.factors };
  }
  if (head !== 'Multiply') return { isNegative: false, factors: [term] };
  const [first, ...others] = args;
  if (typeof first === 'number' && first < 0) {
    return { isNegative: true, factors: first === -1 ? others : [-first, ...others] };
  }
  return { isNegative: false, factors: args };
}

const same = (a: MathJson, b: MathJson): boolean => JSON.stringify(a) === JSON.stringify(b);
const isExponential = (factor: MathJson): boolean =>
  isCompound(factor) && (factor[0] === 'Exp' || (factor[0] === 'Power' && factor[1] === 'ExponentialE'));
