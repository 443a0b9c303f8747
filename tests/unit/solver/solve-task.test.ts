import { describe, expect, test } from 'vitest';
import { readQuestion } from '#backend/models/providers/solver/read-question.ts';
import { solveTask } from '#backend/models/providers/solver/solve-task.ts';

function ask(question: string): { answer: string; checkedBy: string } | { code: string } {
  const reply = solveTask(readQuestion(question));
  if (reply.type === 'failure') return { code: reply.failure.code };
  return { answer: reply.answer.replace(/\s+/g, ' '), checkedBy: reply.checkedBy };
}

describe('the solver answers, and says how it checked', () => {
  test.each([
    ['Integrate $x^2 e^{-x}$', '$$ -(x^2+2x+2)e^{-x} + C $$', 'differentiation'],
    ['$\\int x^2 e^x \\dd x$', '$$ (x^2-2x+2)e^{x} + C $$', 'differentiation'],
    [
      '$\\int_0^\\infty e^{-x^2}\\,\\mathrm{d}x$',
      '$$ \\frac{\\sqrt{\\pi}}{2} \\approx 0.88622693 $$',
      'quadrature',
    ],
    ['Evaluate $\\int_0^\\pi \\sin x\\,dx$.', '$$ 2 $$', 'quadrature'],
    ['Differentiate \\(x^x\\)', '$$ x^{x}+\\ln(x)x^{x} $$', 'finite differences'],
    ['\\[\\frac{\\mathrm{d}^2}{\\mathrm{d}x^2} \\sin x\\]', '$$ -\\sin(x) $$', 'finite differences'],
    ['$\\dv{x} x^3$', '$$ 3x^2 $$', 'finite differences'],
    ['Differentiate $x^2 y$ with respect to $y$', '$$ x^2 $$', 'finite differences'],
    ['$$\\lim_{x\\to0}\\frac{1-\\cos x}{x^2}$$', '$$ \\frac{1}{2} $$', 'nearby values'],
    ['$\\sum_{k=1}^\\infty \\frac{1}{k^2}$', '$$ \\frac{\\pi^2}{6} \\approx 1.6449341 $$', 'summation'],
    ['Factor $x^4-5x^2+4$', '$$ (x-2)(x-1)(x+1)(x+2) $$', 'comparison at sample points'],
    ['Expand $(x+1)^3$', '$$ x^3+3x^2+3x+1 $$', 'comparison at sample points'],
    ['Simplify $\\cos^2 x+\\sin^2 x$', '$$ 1 $$', 'comparison at sample points'],
    ['$10^{20}+1$', '$$ 100\\,000\\,000\\,000\\,000\\,000\\,001 $$', 'exact arithmetic'],
    ['$\\det\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}$', '$$ -2 $$', 'elimination'],
    ['$e^{i\\pi}+1$', '$$ 0 $$', 'numerical evaluation'],
    ['$1 + 1 = 2$', '$$ \\text{true} $$', 'exact arithmetic'],
    ['$1 + 1 = 3$', '$$ \\text{false} $$', 'exact arithmetic'],
  ])('%s', (question, answer, checkedBy) => {
    expect(ask(question)).toEqual({ answer, checkedBy });
  });

  test('a square root of a square is not its root, but its size', () => {
    expect(ask('Simplify $\\sqrt{x^2}$')).toEqual({
      answer: '$$ \\vert x\\vert $$',
      checkedBy: 'comparison at sample points',
    });
  });
});

describe('equations', () => {
  test('both roots of a quadratic are put back into it', () => {
    expect(ask('Solve $x^2 - x - 1 = 0$')).toMatchObject({
      answer: expect.stringMatching(/x = \\frac\{1\}\{2\}\+\\frac\{\\sqrt\{5\}\}\{2\}.*or.*x = /),
      checkedBy: 'substitution',
    });
  });

  test('a polynomial with all its roots makes no excuse', () => {
    expect(JSON.stringify(ask('$x^3-2x+1=0$'))).not.toContain('further solutions');
  });

  test.each(['Solve $\\sin x = \\frac12$', 'Solve $|x-2|=3$', '$x^5-x-1=0$'])(
    '%s: an incomplete answer says that there may be more',
    (question) => {
      expect(ask(question)).toMatchObject({
        answer: expect.stringContaining('There may be further solutions'),
      });
    },
  );

  test.each([
    ['Solve $x e^x = 1$', 'x \\approx 0.56714329'],
    ['Solve $\\cos x = x$', 'x \\approx 0.73908513'],
  ])('%s: what the engine calls unsolvable is looked for numerically', (question, root) => {
    expect(ask(question)).toMatchObject({ answer: expect.stringContaining(root), checkedBy: 'substitution' });
  });

  test('the unknown can be named', () => {
    expect(ask('Solve $E = mc^2$ for $m$')).toMatchObject({ answer: '$$ m = \\frac{E}{c^2} $$' });
  });

  test.each([
    ['$\\begin{cases}x+y=3\\\\x-y=1\\end{cases}$', 'x = 2,\\quad y = 1'],
    ['$$\\begin{cases}x+y+z=6\\\\x-y=1\\\\2x+z=7+y\\end{cases}$$', 'x = 1,\\quad y = 0,\\quad z = 5'],
    ['$\\begin{cases}x^2+y^2=25\\\\x-y=1\\end{cases}$', 'x = 4,\\quad y = 3'],
  ])('a system: %s', (question, solution) => {
    expect(ask(question)).toMatchObject({
      answer: expect.stringContaining(solution),
      checkedBy: 'substitution',
    });
  });
});

describe('what was cancelled on the way is not forgotten', () => {
  test.each([
    '$\\begin{cases}\\frac{x}{x}+y=1\\\\xy=0\\end{cases}$',
    'Solve $\\frac{x^2}{x}=0$',
    '$x^{-1}x^2=0$',
  ])('%s has no solution where a denominator vanishes', (question) => {
    expect(ask(question)).not.toHaveProperty('answer');
  });
});

describe('what the solver cannot do, it does not pretend to', () => {
  test.each([
    '$\\int \\sqrt{\\tan x}\\,dx$',
    '$\\int_{-1}^1 \\frac1x\\,dx$',
    '$\\lim_{x\\to0}\\frac1x$',
    '$\\sum_k k^2$',
    '$\\frac{1}{0}$',
    '$x + y$',
    '$x^2 < 4$',
    'Factor $x^2+1$',
    'Solve $x + 1 = x$',
    'Solve $x = x$',
    '$\\begin{cases}x+y+z=6\\\\x-y=1\\\\2x+z=5\\end{cases}$',
  ])('%s: could not', (question) => {
    expect(ask(question)).toEqual({ code: 'solver-could-not' });
  });

  test('a command it does not know is named', () => {
    expect(solveTask({ verb: null, latex: '\\foo{3}', variable: null })).toMatchObject({
      failure: { code: 'solver-unreadable', params: { detail: '\\foo' } },
    });
  });

  test.each([
    ['nesting', '('.repeat(100) + '1' + ')'.repeat(100)],
    ['length', `1${'+1'.repeat(50_000)}`],
    ['a power tower', '9^{9^{9^{9^{9}}}}'],
    ['a number of 1,000 digits', '9'.repeat(1_000)],
    ['a huge factorial', '999999!'],
    ['a sum of a billion terms', '\\sum_{k=1}^{10^9} k'],
  ])('%s is refused before it is parsed', (_, latex) => {
    expect(solveTask({ verb: null, latex, variable: null })).toMatchObject({
      failure: { code: 'solver-too-large' },
    });
  });
});

describe('which questions are for the solver', () => {
  test.each([
    'What is the mass of the sun?',
    'Show that $x=1$ and then $y=2$',
    'The answer is $42$',
    'Prove $x^2 \\ge 0$',
    '5 + 5',
    '',
  ])('prose is sent to a model: %s', (question) => {
    expect(() => readQuestion(question)).toThrow('solver-prose');
  });

  test.each([
    ['Integrate: $x$', 'integrate', 'x'],
    ['evaluate the $x$', 'evaluate', 'x'],
    ['  $$ x^2 = 2 \\,. $$ ', null, 'x^2 = 2'],
    ['\\begin{cases} x=1 \\end{cases}', null, '\\begin{cases} x=1 \\end{cases}'],
  ])('%s', (question, verb, latex) => {
    expect(readQuestion(question)).toEqual({ verb, latex, variable: null });
  });
});

describe('nothing is shown as checked that only looks right', () => {
  test.each([
    ['a hole in the equation is no root', 'Solve $\\frac{x^2-1}{x-1}=2$'],
    ['nor is one at an irrational place', 'Solve $\\frac{x^2-2}{x-\\sqrt{2}}=2\\sqrt{2}$'],
    ['a double integral is not half done', '$\\iint xy\\,dx\\,dy$'],
    ['a number given back whole is not factored', 'Factor $360$'],
    ['a formula given back as it was is not evaluated', 'Evaluate $\\arccos(2)$'],
    ['a decimal in the place of e is another formula', 'Expand $e^{x+y}$'],
    ['digits left over by a cancellation are no value', '$\\sqrt{2}+\\sqrt{3}-\\sqrt{5+2\\sqrt{6}}$'],
  ])('%s: %s', (_why, question) => {
    expect(ask(question)).toEqual({ code: 'solver-could-not' });
  });

  test('a small difference is not rounded to nothing', () => {
    expect(JSON.stringify(ask('$\\ln(1+10^{-20})$'))).not.toContain('approx');
    expect(JSON.stringify(ask('$\\sqrt{10^{40}+1}-10^{20}$'))).not.toContain('approx');
  });

  test('a flat root is the round number it lies on, not its rounding error', () => {
    expect(ask('Solve $\\tan x=x$')).toMatchObject({ answer: expect.stringContaining('x = 0 ') });
  });

  test('a root beside a hole is still found', () => {
    expect(ask('Solve $\\frac{x^3-2x}{x-\\sqrt2}=4$')).toMatchObject({
      answer: expect.stringMatching(/^\$\$ x \\approx -2\.8284271 \$\$/),
    });
  });

  test.each(['$\\sqrt{2}=1.41421356$', '$\\pi=3.14159265358979$', '$\\ln(1+10^{-20})=0$'])(
    'what is true to some digits is not called true: %s',
    (question) => {
      expect(ask(question)).toEqual({ code: 'solver-could-not' });
    },
  );

  test.each([
    ['$0.1+0.2=0.3$', 'true', 'exact arithmetic'],
    ['$\\frac13=0.333333333$', 'false', 'exact arithmetic'],
    ['$e^{i\\pi}=-1$', 'true', 'numerical evaluation'],
    ['$\\int_0^1 x\\,dx=\\frac12$', 'true', 'quadrature'],
    ['$\\cos\\pi=1$', 'false', 'numerical evaluation'],
  ])('%s is %s', (question, word, checkedBy) => {
    expect(ask(question)).toEqual({ answer: `$$ \\text{${word}} $$`, checkedBy });
  });

  test('a decimal comma is not taken for thousands', () => {
    expect(ask('$1{,}5+1{,}5$')).toEqual({ code: 'solver-unreadable' });
    expect(ask('$1{,}500+1$')).toMatchObject({ answer: '$$ 1\\,501 $$' });
  });

  test('e and i keep their distance from the command before them', () => {
    expect(ask('$\\frac{\\partial}{\\partial t}e^{-\\lambda t}$')).toMatchObject({
      answer: expect.stringContaining('\\lambda e^'),
    });
  });

  test('a condition is not passed over in silence', () => {
    expect(ask('Solve $x^2=4$ for $x>0$')).toEqual({ code: 'solver-unreadable' });
  });
});

describe('a derivative reaches as far as it does on paper', () => {
  test.each([
    ['$\\frac{d}{dx}(x^2)+x$', '$$ 3x $$'],
    ['$\\frac{\\mathrm{d}}{\\mathrm{d}x}\\left(x^2\\right)-x$', '$$ x $$'],
    ['$\\frac{d}{dx}(x^2+x)$', '$$ 2x+1 $$'],
    ['$1+\\frac{d}{dx}x^2$', '$$ 2x+1 $$'],
    ['$\\frac{d}{2}+d$', '$$ \\frac{3d}{2} $$'],
  ])('%s', (question, answer) => {
    expect(ask(question)).toMatchObject({ answer });
  });

  test('and is not guessed where it may mean either', () => {
    expect(ask('$\\frac{d}{dx}x^2+x$')).toEqual({ code: 'solver-unreadable' });
  });
});
