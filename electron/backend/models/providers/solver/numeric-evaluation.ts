import * as c from './complex.ts';
import type { Complex } from './complex.ts';
import { accumulate, derivativeAt, integrate, undefinedValue } from './numeric-calculus.ts';

/** A formula as the algebra engine parses it: symbols, numbers and heads with arguments. */
export type MathJson = string | number | { readonly num: string } | readonly MathJson[];

/** Values of the free symbols. */
export type Values = ReadonlyMap<string, Complex>;

const constants: Readonly<Record<string, Complex>> = {
  Pi: c.complex(Math.PI),
  ExponentialE: c.complex(Math.E),
  ImaginaryUnit: c.complex(0, 1),
  Half: c.complex(0.5),
  GoldenRatio: c.complex((1 + Math.sqrt(5)) / 2),
  EulerGamma: c.complex(0.577_215_664_901_532_9),
  CatalanConstant: c.complex(0.915_965_594_177_219),
  PositiveInfinity: c.complex(Infinity),
  NegativeInfinity: c.complex(-Infinity),
};

const reciprocal = (f: (a: Complex) => Complex) => (a: Complex) => c.divide(c.one, f(a));
const tan = (a: Complex): Complex => c.divide(c.sin(a), c.cos(a));
const tanh = (a: Complex): Complex => c.divide(c.sinh(a), c.cosh(a));
const realOnly = (f: (x: number) => number) => (a: Complex) =>
  a.im === 0 ? c.complex(f(a.re)) : undefinedValue;

const unary: Readonly<Record<string, (a: Complex) => Complex>> = {
  Negate: c.negate,
  Sqrt: c.sqrt,
  Square: (a) => c.multiply(a, a),
  Exp: c.exp,
  Ln: c.ln,
  Lg: (a) => c.divide(c.ln(a), c.complex(Math.LN10)),
  Lb: (a) => c.divide(c.ln(a), c.complex(Math.LN2)),
  Abs: (a) => c.complex(c.modulus(a)),
  Norm: (a) => c.complex(c.modulus(a)),
  Sin: c.sin,
  Cos: c.cos,
  Tan: tan,
  Cot: reciprocal(tan),
  Sec: reciprocal(c.cos),
  Csc: reciprocal(c.sin),
  Sinh: c.sinh,
  Cosh: c.cosh,
  Tanh: tanh,
  Coth: reciprocal(tanh),
  Sech: reciprocal(c.cosh),
  Csch: reciprocal(c.sinh),
  Arcsin: c.arcsin,
  Arccos: c.arccos,
  Arctan: c.arctan,
  Arsinh: c.arsinh,
  Arcosh: c.arcosh,
  Artanh: c.artanh,
  Gamma: c.gamma,
  Factorial: (a) => c.gamma(c.add(a, c.one)),
  Floor: realOnly(Math.floor),
  Ceil: realOnly(Math.ceil),
  Sign: realOnly(Math.sign),
  Real: (a) => c.complex(a.re),
  Imaginary: (a) => c.complex(a.im),
  Conjugate: (a) => c.complex(a.re, -a.im),
};

/**
 * The value of a formula in double precision, computed by our own means so that it can bear
 * witness against the algebra engine: only the parse is shared. NaN for what it does not know.
 */
export function evaluateNumerically(formula: MathJson, values: Values): Complex {
  if (typeof formula === 'number') return c.complex(formula);
  if (typeof formula === 'string') return values.get(formula) ?? constants[formula] ?? undefinedValue;
  if (!isCompound(formula)) return c.complex(Number('num' in formula ? formula.num : Number.NaN));
  const [head, ...args] = formula;
  if (typeof head !== 'string') return undefinedValue;
  return evaluateHead(head, args, values);
}

export function isCompound(formula: MathJson): formula is readonly MathJson[] {
  return Array.isArray(formula);
}

function evaluateHead(head: string, args: readonly MathJson[], values: Values): Complex {
  const at = (index: number): Complex => {
    const arg = args[index];
    return arg === undefined ? undefinedValue : evaluateNumerically(arg, values);
  };
  const apply = unary[head];
  if (apply && args.length === 1) return apply(at(0));
  switch (head) {
    case 'Add':
      return args.reduce<Complex>((sum, _, index) => c.add(sum, at(index)), c.zero);
    case 'Multiply':
    // What was written side by side, before the engine made anything of it.
    case 'InvisibleOperator':
      return args.reduce<Complex>((product, _, index) => c.multiply(product, at(index)), c.one);
    case 'Subtract':
      return c.subtract(at(0), at(1));
    case 'Divide':
    case 'Rational':
      return c.divide(at(0), at(1));
    case 'Power':
      return c.power(at(0), at(1));
    case 'Root':
      return realRoot(at(0), at(1));
    case 'Complex':
      return c.complex(at(0).re, at(1).re);
    case 'Log':
      return c.divide(c.ln(at(0)), args.length > 1 ? c.ln(at(1)) : c.complex(Math.LN10));
    case 'Arctan2':
      return c.complex(Math.atan2(at(0).re, at(1).re));
    case 'Binomial':
    case 'Choose':
      return binomial(at(0), at(1));
    case 'Delimiter':
    case 'Block':
      return at(0);
    case 'Sum':
    case 'Product':
    case 'Integrate':
    case 'D':
      return evaluateOperator(head, args, values);
    default:
      return undefinedValue;
  }
}

/** The real root where there is one, as `\sqrt[3]{-8}` is read in textbooks. */
function realRoot(radicand: Complex, degree: Complex): Complex {
  if (radicand.im === 0 && radicand.re < 0 && degree.im === 0 && Math.abs(degree.re) % 2 === 1) {
    return c.complex(-((-radicand.re) ** (1 / degree.re)));
  }
  return c.power(radicand, c.divide(c.one, degree));
}

function binomial(n: Complex, k: Complex): Complex {
  const below = c.multiply(c.gamma(c.add(k, c.one)), c.gamma(c.add(c.subtract(n, k), c.one)));
  return c.divide(c.gamma(c.add(n, c.one)), below);
}

function evaluateOperator(head: string, args: readonly MathJson[], values: Values): Complex {
  const [body, ...rest] = args;
  if (body === undefined) return undefinedValue;
  if (head === 'D') {
    const [variable, ...more] = rest;
    if (typeof variable !== 'string' || more.length > 0) return undefinedValue;
    const where = values.get(variable);
    return where && where.im === 0
      ? derivativeAt(asFunction(body, variable, values), where.re)
      : undefinedValue;
  }
  const limits = rest[0];
  if (limits === undefined || rest.length > 1 || !isCompound(limits)) return undefinedValue;
  const [, variable, from, to] = limits;
  if (typeof variable !== 'string' || from === undefined || to === undefined) return undefinedValue;
  const start = evaluateNumerically(from, values);
  const end = evaluateNumerically(to, values);
  if (start.im !== 0 || end.im !== 0 || Number.isNaN(start.re) || Number.isNaN(end.re)) return undefinedValue;
  const f = asFunction(unwrapFunction(body), variable, values);
  if (head === 'Integrate') return integrate(f, start.re, end.re);
  if (!Number.isInteger(start.re)) return undefinedValue;
  return accumulate(f, start.re, end.re, head === 'Sum' ? 'sum' : 'product');
}

/** `["Function", ["Block", body], "x"]` → body */
export function unwrapFunction(formula: MathJson): MathJson {
  if (!isCompound(formula)) return formula;
  const [head, inner] = formula;
  return (head === 'Function' || head === 'Block') && inner !== undefined ? unwrapFunction(inner) : formula;
}

export function asFunction(body: MathJson, variable: string, values: Values): (x: number) => Complex {
  const inner = new Map(values);
  return (x) => {
    inner.set(variable, c.complex(x));
    return evaluateNumerically(body, inner);
  };
}
