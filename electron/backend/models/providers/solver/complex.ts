/** A complex number in double precision. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const complex = (re: number, im = 0): Complex => ({ re, im });
export const zero = complex(0);
export const one = complex(1);

export const add = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im);
export const subtract = (a: Complex, b: Complex): Complex => complex(a.re - b.re, a.im - b.im);
export const negate = (a: Complex): Complex => complex(-a.re, -a.im);
export const scale = (a: Complex, factor: number): Complex => complex(a.re * factor, a.im * factor);
export const modulus = (a: Complex): number => Math.hypot(a.re, a.im);
export const isFiniteComplex = (a: Complex): boolean => Number.isFinite(a.re) && Number.isFinite(a.im);

export function multiply(a: Complex, b: Complex): Complex {
  if (a.im === 0 && b.im === 0) return complex(a.re * b.re);
  return complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

export function divide(a: Complex, b: Complex): Complex {
  if (b.im === 0) return complex(a.re / b.re, a.im === 0 ? 0 : a.im / b.re);
  const norm = b.re * b.re + b.im * b.im;
  return complex((a.re * b.re + a.im * b.im) / norm, (a.im * b.re - a.re * b.im) / norm);
}

export function exp(a: Complex): Complex {
  const size = Math.exp(a.re);
  return a.im === 0 ? complex(size) : complex(size * Math.cos(a.im), size * Math.sin(a.im));
}

/** Principal branch. */
export function ln(a: Complex): Complex {
  if (a.im === 0 && a.re > 0) return complex(Math.log(a.re));
  return complex(Math.log(modulus(a)), Math.atan2(a.im, a.re));
}

/** Principal branch; real for real bases where it is. */
export function power(base: Complex, exponent: Complex): Complex {
  if (exponent.im === 0 && base.im === 0) {
    const isWhole = Number.isInteger(exponent.re);
    if (base.re >= 0 || isWhole) return complex(base.re ** exponent.re);
  }
  if (exponent.im === 0 && Number.isInteger(exponent.re) && Math.abs(exponent.re) <= 64) {
    return wholePower(base, exponent.re);
  }
  if (modulus(base) === 0) return exponent.re > 0 ? zero : complex(Number.NaN);
  return exp(multiply(exponent, ln(base)));
}

function wholePower(base: Complex, exponent: number): Complex {
  let result = one;
  for (let step = 0; step < Math.abs(exponent); step += 1) result = multiply(result, base);
  return exponent < 0 ? divide(one, result) : result;
}

export const sqrt = (a: Complex): Complex => power(a, complex(0.5));

const timesI = (a: Complex): Complex => complex(-a.im, a.re);

export function sin(a: Complex): Complex {
  if (a.im === 0) return complex(Math.sin(a.re));
  return complex(Math.sin(a.re) * Math.cosh(a.im), Math.cos(a.re) * Math.sinh(a.im));
}

export function cos(a: Complex): Complex {
  if (a.im === 0) return complex(Math.cos(a.re));
  return complex(Math.cos(a.re) * Math.cosh(a.im), -Math.sin(a.re) * Math.sinh(a.im));
}

export const sinh = (a: Complex): Complex => negate(timesI(sin(timesI(a))));
export const cosh = (a: Complex): Complex => cos(timesI(a));

/** −i ln(iz + √(1 − z²)), real on [−1, 1]. */
export function arcsin(a: Complex): Complex {
  if (a.im === 0 && Math.abs(a.re) <= 1) return complex(Math.asin(a.re));
  const inside = add(timesI(a), sqrt(subtract(one, multiply(a, a))));
  return negate(timesI(ln(inside)));
}

export const arccos = (a: Complex): Complex => subtract(complex(Math.PI / 2), arcsin(a));

/** (i/2)·(ln(1 − iz) − ln(1 + iz)), real for real z. */
export function arctan(a: Complex): Complex {
  if (a.im === 0) return complex(Math.atan(a.re));
  const difference = subtract(ln(subtract(one, timesI(a))), ln(add(one, timesI(a))));
  return scale(timesI(difference), 0.5);
}

export const arsinh = (a: Complex): Complex =>
  a.im === 0 ? complex(Math.asinh(a.re)) : ln(add(a, sqrt(add(multiply(a, a), one))));
export const arcosh = (a: Complex): Complex =>
  ln(add(a, multiply(sqrt(add(a, one)), sqrt(subtract(a, one)))));
export const artanh = (a: Complex): Complex => scale(subtract(ln(add(one, a)), ln(subtract(one, a))), 0.5);

/** Lanczos approximation (g = 7, n = 9; Numerical Recipes §6.1), about 15 digits. */
export function gamma(a: Complex): Complex {
  if (a.im === 0 && Number.isInteger(a.re)) {
    if (a.re <= 0) return complex(Number.NaN);
    if (a.re <= 171) {
      let product = 1;
      for (let factor = 2; factor < a.re; factor += 1) product *= factor;
      return complex(product);
    }
  }
  if (a.re < 0.5) {
    const reflected = multiply(sin(scale(a, Math.PI)), gamma(subtract(one, a)));
    return divide(complex(Math.PI), reflected);
  }
  const shifted = subtract(a, one);
  let sum = complex(lanczos[0] ?? 0);
  for (let index = 1; index < lanczos.length; index += 1) {
    sum = add(sum, divide(complex(lanczos[index] ?? 0), add(shifted, complex(index))));
  }
  const t = add(shifted, complex(7.5));
  const front = multiply(power(t, add(shifted, complex(0.5))), exp(negate(t)));
  return multiply(scale(front, Math.sqrt(2 * Math.PI)), sum);
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];
