import { describe, expect, test } from 'vitest';
import {
  checkAntiderivative,
  checkEqual,
  checkLimit,
  checkSolution,
} from '#backend/models/providers/solver/checks.ts';
import { complex } from '#backend/models/providers/solver/complex.ts';
import { derivativeAt, integrate } from '#backend/models/providers/solver/numeric-calculus.ts';
import { evaluateNumerically } from '#backend/models/providers/solver/numeric-evaluation.ts';

const x = 'x';

describe('the checks refuse wrong results', () => {
  test('an antiderivative that is off by a factor', () => {
    expect(checkAntiderivative(['Sin', x], ['Negate', ['Cos', x]], x).outcome).toBe('equal');
    expect(checkAntiderivative(['Sin', x], ['Cos', x], x).outcome).toBe('different');
    expect(checkAntiderivative(['Power', x, 2], ['Power', x, 3], x).outcome).toBe('different');
  });

  test('√(x²) is not x', () => {
    expect(checkEqual(['Sqrt', ['Power', x, 2]], x).outcome).toBe('different');
  });

  test('10⁵⁰ + 1 is not 10⁵⁰, and 2⁻⁹⁹ is not 2⁻⁹⁸', () => {
    expect(checkEqual(['Add', ['Power', 10, 50], 1], ['Power', 10, 50]).outcome).toBe('different');
    expect(checkEqual(['Power', 2, -99], ['Power', 2, -98]).outcome).toBe('different');
  });

  test('a wrong integral and a divergent one', () => {
    const integral = ['Integrate', ['Function', ['Block', ['Sin', x]], x], ['Limits', x, 0, 'Pi']];
    expect(checkEqual(integral, 2).outcome).toBe('equal');
    expect(checkEqual(integral, 3).outcome).toBe('different');
    const divergent = ['Integrate', ['Function', ['Block', ['Divide', 1, x]], x], ['Limits', x, 0, 1]];
    expect(checkEqual(divergent, 7).outcome).not.toBe('equal');
  });

  test('a root that is none', () => {
    const equation = [['Power', x, 2], 2] as const;
    expect(checkSolution([equation], new Map([[x, ['Sqrt', 2]]]))).toBe('equal');
    expect(checkSolution([equation], new Map([[x, 1.414]]))).toBe('different');
  });

  test('a wrong limit, and one that does not exist', () => {
    const limitOf = (body: string | unknown[], at: number) =>
      ['Limit', ['Function', ['Block', body], x], at] as Parameters<typeof checkLimit>[0];
    expect(checkLimit(limitOf(['Divide', ['Sin', x], x], 0), 1).outcome).toBe('equal');
    expect(checkLimit(limitOf(['Divide', ['Sin', x], x], 0), 2).outcome).toBe('different');
    expect(checkLimit(limitOf(['Divide', ['Abs', x], x], 0), 1).outcome).toBe('different');
  });

  test('what it has no value for stays undecided', () => {
    expect(checkEqual(['Zeta', x], ['Zeta', x]).outcome).toBe('undecided');
  });
});

describe('our own arithmetic', () => {
  test.each([
    ['∫₀¹ ln x dx = −1', (t: number) => Math.log(t), 0, 1, -1],
    ['∫₀^∞ e^{−x} dx = 1', (t: number) => Math.exp(-t), 0, Infinity, 1],
    ['∫₀¹ x^{−1/2} dx = 2', (t: number) => 1 / Math.sqrt(t), 0, 1, 2],
    ['∫ over the line of 1/(1+x²) = π', (t: number) => 1 / (1 + t * t), -Infinity, Infinity, Math.PI],
  ])('%s', (_, f, from, to, value) => {
    expect(integrate((t) => complex(f(t)), from, to).re).toBeCloseTo(value, 8);
  });

  test('a divergent integral has no value', () => {
    expect(integrate((t) => complex(1 / t), 0, 1).re).toBeNaN();
  });

  test('a derivative is right to eight digits, and undefined at a pole', () => {
    expect(derivativeAt((t) => complex(Math.sin(t)), 1).re).toBeCloseTo(Math.cos(1), 8);
    expect(derivativeAt((t) => complex(1 / t), 0).re).toBeNaN();
  });

  test('complex values where they belong', () => {
    expect(evaluateNumerically(['Sqrt', -4], new Map())).toMatchObject({ im: 2 });
    expect(evaluateNumerically(['Root', -8, 3], new Map())).toEqual(complex(-2));
  });
});
