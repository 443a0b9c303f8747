import { AppError, refuse } from '#shared/domain/failure.ts';
import { solverMessages } from '#shared/messages/solver.ts';
import { checkAntiderivative, checkDerivative, checkEqual, checkLimit } from './checks.ts';
import type { Check } from './checks.ts';
import { collectCommonFactor } from './common-factor.ts';
import { jsonOf, make, makeFrom, parse, parseAsWritten } from './engine.ts';
import type { Formula } from './engine.ts';
import { checkLimits } from './limits.ts';
import { matrixCheck } from './matrix-check.ts';
import { equalFractions, evaluateExactly } from './exact-arithmetic.ts';
import { isCompound, unwrapFunction } from './numeric-evaluation.ts';
import type { MathJson } from './numeric-evaluation.ts';
import { freeSymbols } from './samples.ts';
import { equationsOf, solve } from './solve.ts';
import type { SolverReply, SolverTask, Verb } from './task.ts';
import { approximation, isPlainNumber, typeset } from './typeset.ts';

/** Does one task and checks its result. Expected failures are replies; anything thrown is a bug. */
export function solveTask(task: SolverTask): SolverReply {
  try {
    checkLimits(task.latex);
    return carryOut(parse(task.latex), task);
  } catch (error) {
    if (error instanceof AppError) return { type: 'failure', failure: error.failure };
    throw error;
  }
}

function carryOut(formula: Formula, task: SolverTask): SolverReply {
  const equations = equationsOf(formula);
  const variable = task.variable === null ? null : symbolOf(task.variable);
  if (equations && (task.verb === null || task.verb === 'solve')) {
    if (freeSymbols(jsonOf(formula)).size === 0) return judge(formula);
    return solve({ formula, equations, asWritten: parseAsWritten(task.latex) }, variable);
  }
  const verb = task.verb ?? verbOf(jsonOf(formula));
  switch (verb) {
    case 'integrate':
      return integrate(formula, variable);
    case 'differentiate':
      return differentiate(formula, variable);
    case 'limit':
      return limit(formula);
    case 'factor':
      return rewrite(formula, make('Factor', formula).evaluate(), 'factor');
    case 'expand':
      return rewrite(formula, make('ExpandAll', formula).evaluate(), 'expand');
    case 'simplify':
      return rewrite(formula, formula.simplify(), 'simplify');
    case 'evaluate':
      return evaluate(formula);
    case 'solve':
      // "Solve x² − 1" asks for where it vanishes.
      return solve(
        {
          formula: make('Equal', formula, 0),
          equations: [[jsonOf(formula), 0]],
          asWritten: parseAsWritten(task.latex),
        },
        variable,
      );
  }
}

/** What is asked "for" must be a symbol: a condition such as `x > 0` would be answered as if it were not there. */
function symbolOf(latex: string): string {
  const json = jsonOf(parse(latex));
  if (typeof json !== 'string') throw refuse('solver-unreadable', { detail: latex.slice(0, 60) });
  return json;
}

/** The verb an operator stands for by itself. */
function verbOf(json: MathJson): Verb {
  const head = isCompound(json) ? json[0] : null;
  if (head === 'Limit') return 'limit';
  if (head === 'Integrate' && isIndefinite(json)) return 'integrate';
  if (head === 'D') return 'differentiate';
  return 'evaluate';
}

function isIndefinite(json: MathJson): boolean {
  if (!isCompound(json)) return false;
  const limits = json[2];
  return limits === undefined || (isCompound(limits) && (limits[2] ?? 'Nothing') === 'Nothing');
}

/** `1 + 1 = 2`: nothing to solve, but something to say. */
function judge(formula: Formula): SolverReply {
  const equations = equationsOf(formula) ?? [];
  const checks = equations.map(([left, right]) => checkTruth(left, right));
  const undecided = checks.some((check) => check.outcome === 'undecided');
  if (undecided || checks.length === 0) throw refuse('solver-could-not', { verb: 'evaluate' });
  const holds = checks.every((check) => check.outcome === 'equal');
  const word = holds ? solverMessages.true : solverMessages.false;
  return { type: 'answer', answer: `$$\n\\text{${word}}\n$$`, checkedBy: checks[0]?.by ?? '' };
}

/**
 * Equal to eight digits is not yet true: what no exact arithmetic can tell has to agree in the engine's
 * 21 digits as well, and a decimal beside anything but decimals and fractions is never called equal.
 */
function checkTruth(left: MathJson, right: MathJson): Check {
  const [exactLeft, exactRight] = [
    evaluateExactly(withFractions(left)),
    evaluateExactly(withFractions(right)),
  ];
  if (exactLeft && exactRight) {
    return { outcome: equalFractions(exactLeft, exactRight) ? 'equal' : 'different', by: 'exact arithmetic' };
  }
  const check = checkEqual(left, right);
  if (check.outcome !== 'equal') return check;
  // Evaluated first: the engine's numbers for an integral are estimates, its formulas are not.
  const digits = (side: MathJson): MathJson => jsonOf(makeFrom(side).evaluate().N());
  const precise = checkEqual(digits(left), digits(right));
  const isCertain = precise.outcome === 'equal' && !hasDecimals(left) && !hasDecimals(right);
  return isCertain ? check : { ...check, outcome: 'undecided' };
}

/** `0.25` as `25/100`. */
function withFractions(json: MathJson): MathJson {
  if (isCompound(json)) return json.map(withFractions);
  if (typeof json === 'string') return json;
  const text = typeof json === 'number' ? String(json) : json.num;
  const [, whole, digits] = /^(-?\d+)\.(\d+)$/.exec(text) ?? [];
  if (whole === undefined || digits === undefined) return json;
  return ['Divide', { num: `${whole}${digits}` }, { num: `1${'0'.repeat(digits.length)}` }];
}

function integrate(formula: Formula, variable: string | null): SolverReply {
  const json = jsonOf(formula);
  const isOperator = isCompound(json) && json[0] === 'Integrate';
  if (isOperator && !isIndefinite(json)) return evaluate(formula);
  // A double integral without limits; its parts cannot be told apart by differentiating once.
  if (isOperator && json.length > 3) throw refuse('solver-could-not', { verb: 'integrate' });
  const integrand = isOperator ? unwrapFunction(json[1] ?? 'Nothing') : json;
  const named: unknown =
    isOperator && isCompound(json[2] ?? 0) && Array.isArray(json[2]) ? json[2][1] : undefined;
  const over =
    typeof named === 'string' && named !== 'Nothing'
      ? named
      : chooseVariable(integrand, variable, 'integrate');
  const raw = makeFrom([
    'Integrate',
    ['Function', ['Block', integrand], over],
    ['Limits', over, 'Nothing', 'Nothing'],
  ]);
  const result = makeFrom(collectCommonFactor(jsonOf(raw.evaluate())));
  refuseUnevaluated(raw, result, 'integrate');
  return answer(result, checkAntiderivative(integrand, jsonOf(result), over), 'integrate', ' + C');
}

function differentiate(formula: Formula, variable: string | null): SolverReply {
  const json = jsonOf(formula);
  const isOperator = isCompound(json) && json[0] === 'D';
  const body = isOperator ? (json[1] ?? 'Nothing') : json;
  const named = isOperator ? json[2] : undefined;
  const by = typeof named === 'string' ? named : chooseVariable(body, variable, 'differentiate');
  const raw = isOperator ? formula : make('D', formula, by);
  const result = makeFrom(collectCommonFactor(jsonOf(raw.evaluate())));
  refuseUnevaluated(raw, result, 'differentiate');
  // The inner function of a repeated derivative is itself a derivative, taken by finite differences.
  return answer(result, checkDerivative(body, jsonOf(result), by), 'differentiate');
}

/** The one symbol there is, else the usual one. */
function chooseVariable(body: MathJson, variable: string | null, verb: Verb): string {
  const free = freeSymbols(body);
  if (variable !== null) return variable;
  const [only] = free;
  if (free.size === 1 && only !== undefined) return only;
  const usual = ['x', 't', 'y', 'z', 'theta', 'r'].find((name) => free.has(name));
  if (usual === undefined && free.size > 0) throw refuse('solver-could-not', { verb });
  return usual ?? 'x';
}

function limit(formula: Formula): SolverReply {
  const result = formula.evaluate();
  refuseUnevaluated(formula, result, 'evaluate');
  return answer(result, checkLimit(jsonOf(formula), jsonOf(result)), 'evaluate');
}

function evaluate(formula: Formula): SolverReply {
  const evaluated = formula.evaluate();
  const result = isSame(formula, evaluated) ? formula.simplify() : evaluated;
  const matrix = matrixCheck(jsonOf(formula), jsonOf(result));
  if (matrix) return answer(result, matrix, 'evaluate');
  // Parsing already carries out plain arithmetic: `\frac13 + \frac16` arrives as one half.
  if (freeSymbols(jsonOf(formula)).size > 0) refuseUnevaluated(formula, result, 'evaluate');
  else refuseUnfinished(result, 'evaluate');
  if (isSame(formula, result) && !isPlainNumber(jsonOf(result)) && approximation(result) === '') {
    throw refuse('solver-could-not', { verb: 'evaluate' });
  }
  return answer(result, checkEqual(jsonOf(formula), jsonOf(result)), 'evaluate');
}

function rewrite(formula: Formula, result: Formula, verb: Verb): SolverReply {
  // Parsing carries out plain arithmetic, but takes no number apart.
  const isNumber = freeSymbols(jsonOf(formula)).size === 0;
  if (!isNumber || verb === 'factor') refuseUnevaluated(formula, result, verb);
  // The engine at times puts 2.718… in the place of e, which is near, but not the same formula.
  if (hasDecimals(jsonOf(result)) && !hasDecimals(jsonOf(formula))) {
    throw refuse('solver-could-not', { verb });
  }
  return answer(result, checkEqual(jsonOf(formula), jsonOf(result)), verb);
}

function hasDecimals(json: MathJson): boolean {
  if (typeof json === 'number') return !Number.isInteger(json);
  if (isCompound(json)) return json.some(hasDecimals);
  return typeof json === 'object' && json.num.includes('.');
}

function isSame(a: Formula, b: Formula): boolean {
  return JSON.stringify(jsonOf(a)) === JSON.stringify(jsonOf(b));
}

function refuseUnevaluated(before: Formula, after: Formula, verb: Verb): void {
  if (isSame(before, after)) throw refuse('solver-could-not', { verb });
  refuseUnfinished(after, verb);
}

const unfinished = new Set([
  'Integrate',
  'D',
  'Limit',
  'Sum',
  'Product',
  'Error',
  'NaN',
  'ComplexInfinity',
  'Undefined',
]);

/** An operator left standing, or no number at all, is no result. */
function refuseUnfinished(result: Formula, verb: Verb): void {
  if (mentions(jsonOf(result), unfinished)) throw refuse('solver-could-not', { verb });
}

function mentions(json: MathJson, names: ReadonlySet<string>): boolean {
  if (typeof json === 'string') return names.has(json);
  return isCompound(json) && json.some((part) => mentions(part, names));
}

function answer(result: Formula, check: Check, verb: Verb, suffix = ''): SolverReply {
  if (check.outcome === 'different') throw refuse('solver-unchecked', { verb });
  if (check.outcome === 'undecided') throw refuse('solver-could-not', { verb });
  const text = `$$\n${typeset(result)}${suffix}${suffix ? '' : approximation(result)}\n$$`;
  return { type: 'answer', answer: text, checkedBy: check.by };
}
