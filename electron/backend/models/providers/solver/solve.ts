import { refuse } from '#shared/domain/failure.ts';
import { solverMessages } from '#shared/messages/solver.ts';
import { checkSolution } from './checks.ts';
import { isFormula, jsonOf, make, makeFrom } from './engine.ts';
import type { Formula } from './engine.ts';
import { evaluateNumerically, isCompound } from './numeric-evaluation.ts';
import type { MathJson } from './numeric-evaluation.ts';
import { findRoots, searchRange } from './root-search.ts';
import { freeSymbols } from './samples.ts';
import { decimal, typeset } from './typeset.ts';
import type { SolverReply } from './task.ts';

type Equation = readonly [MathJson, MathJson];
type Solution = ReadonlyMap<string, MathJson>;

/** What is to be solved, and how it was written: a root of what was cancelled is none. */
export interface System {
  readonly formula: Formula;
  readonly equations: readonly Equation[];
  readonly asWritten: MathJson;
}

const checkedBy = 'substitution';
const orWord = ` \\qquad\\text{${solverMessages.or}}\\qquad `;

/** The equations of `L = R` or of a `cases` system; `null` for anything else. */
export function equationsOf(formula: Formula): readonly Equation[] | null {
  const json = jsonOf(formula);
  const list = isCompound(json) && json[0] === 'List' ? json.slice(1) : [json];
  const equations: Equation[] = [];
  for (const item of list) {
    if (!isCompound(item) || item[0] !== 'Equal' || item.length !== 3) return null;
    const [, left, right] = item;
    if (left === undefined || right === undefined) return null;
    equations.push([left, right]);
  }
  return equations;
}

/** Solves one equation or a system. Every solution shown has been put back into it. */
export function solve(system: System, variable: string | null): SolverReply {
  const { equations } = system;
  const unknowns = chooseUnknowns(equations, variable);
  if (unknowns.length === 0) throw refuse('solver-could-not', { verb: 'solve' });
  const [unknown] = unknowns;
  if (equations.length === 1 && unknown !== undefined) return solveOne(system, unknown);
  return solveSystem(system, unknowns);
}

function chooseUnknowns(equations: readonly Equation[], variable: string | null): readonly string[] {
  const free = [...freeSymbols(['List', ...equations.flat()])].sort();
  if (variable !== null) return free.includes(variable) ? [variable] : [];
  if (free.length <= equations.length) return free;
  const usual = ['x', 'y', 'z', 't', 'u', 'v', 'w'].filter((name) => free.includes(name));
  return usual.length >= equations.length ? usual.slice(0, equations.length) : [];
}

function solveOne(system: System, unknown: string): SolverReply {
  const { formula, equations } = system;
  const found = formula.solve(unknown);
  const roots: readonly unknown[] = Array.isArray(found) ? found : [];
  const solutions = roots.filter(isFormula).map((root) => new Map([[unknown, jsonOf(root)]]));
  if (solutions.length === 0) return solveNumerically(system, unknown);
  refuseUnchecked(system, solutions);
  const complete = isWholePolynomial(equations, unknown, solutions.length);
  return answerWith(solutions, complete ? '' : solverMessages.othersMayExist);
}

/** A polynomial with as many different roots as its degree has no others. */
function isWholePolynomial(equations: readonly Equation[], unknown: string, found: number): boolean {
  const [equation] = equations;
  if (!equation) return false;
  const expanded = jsonOf(
    make('ExpandAll', make('Subtract', makeFrom(equation[0]), makeFrom(equation[1]))).evaluate(),
  );
  const degree = degreeIn(expanded, unknown);
  return degree !== null && degree === found;
}

/** Degree of an expanded polynomial; `null` where the unknown stands anywhere else than in a whole power. */
function degreeIn(json: MathJson, unknown: string): number | null {
  if (json === unknown) return 1;
  if (!freeSymbols(json).has(unknown)) return 0;
  if (!isCompound(json)) return null;
  const [head, ...args] = json;
  const degrees = args.map((arg) => degreeIn(arg, unknown));
  if (head === 'Power') {
    const exponent = args[1];
    return args[0] === unknown && typeof exponent === 'number' && Number.isInteger(exponent) && exponent > 0
      ? exponent
      : null;
  }
  if (degrees.some((degree) => degree === null)) return null;
  const known = degrees.filter((degree) => degree !== null);
  if (head === 'Add' || head === 'Negate' || head === 'Subtract') return Math.max(...known);
  if (head === 'Multiply') return known.reduce((sum, degree) => sum + degree, 0);
  return head === 'Divide' && degrees[1] === 0 ? (degrees[0] ?? null) : null;
}

/** An empty result of the engine means "not found", never "none": look for real roots ourselves. */
function solveNumerically(system: System, unknown: string): SolverReply {
  const { equations, asWritten } = system;
  const [equation] = equations;
  if (!equation || freeSymbols(['List', ...equation]).size !== 1) {
    throw refuse('solver-could-not', { verb: 'solve' });
  }
  const [left, right] = equation;
  const roots = findRoots((x) => {
    const values = new Map([[unknown, { re: x, im: 0 }]]);
    const [a, b] = [evaluateNumerically(left, values), evaluateNumerically(right, values)];
    return a.im === 0 && b.im === 0 ? a.re - b.re : Number.NaN;
  });
  if (roots.length === 0) throw refuse('solver-could-not', { verb: 'solve' });
  const solutions = roots
    .map((root) => new Map<string, MathJson>([[unknown, root]]))
    .filter((solution) => checkSolution(equations, solution, asWritten) === 'equal');
  if (solutions.length === 0) throw refuse('solver-could-not', { verb: 'solve' });
  return answerWith(solutions, solverMessages.foundWithin(searchRange.from, searchRange.to));
}

function solveSystem(system: System, unknowns: readonly string[]): SolverReply {
  const { formula, equations } = system;
  const found = formula.solve([...unknowns]);
  const records = found === null ? [] : Array.isArray(found) ? found : [found];
  const solutions = records
    .map((record) => readRecord(record, unknowns))
    .filter((solution) => solution !== null);
  if (solutions.length > 0) {
    refuseUnchecked(system, solutions);
    return answerWith(solutions, isLinear(equations, unknowns) ? '' : solverMessages.othersMayExist);
  }
  const solution = solveLinear(equations, unknowns);
  if (!solution) throw refuse('solver-could-not', { verb: 'solve' });
  refuseUnchecked(system, [solution]);
  return answerWith([solution], '');
}

function readRecord(record: unknown, unknowns: readonly string[]): Solution | null {
  if (typeof record !== 'object' || record === null) return null;
  const entries = new Map(Object.entries(record));
  const solution = new Map<string, MathJson>();
  for (const unknown of unknowns) {
    const value: unknown = entries.get(unknown);
    if (!isFormula(value)) return null;
    solution.set(unknown, jsonOf(value));
  }
  return solution;
}

function isLinear(equations: readonly Equation[], unknowns: readonly string[]): boolean {
  return coefficientsOf(equations, unknowns) !== null;
}

/** Cramer's rule, exact in the engine's numbers, for square linear systems the engine leaves alone. */
function solveLinear(equations: readonly Equation[], unknowns: readonly string[]): Solution | null {
  const system = coefficientsOf(equations, unknowns);
  if (!system || unknowns.length !== equations.length) return null;
  const { matrix, constants } = system;
  const determinant = determinantOf(matrix);
  if (determinant.isSame(0)) return null;
  const solution = new Map<string, MathJson>();
  unknowns.forEach((unknown, column) => {
    const replaced = matrix.map((row, index) =>
      row.map((entry, at) => (at === column ? (constants[index] ?? entry) : entry)),
    );
    const value = make('Divide', determinantOf(replaced), determinant).evaluate().simplify();
    solution.set(unknown, jsonOf(value));
  });
  return solution;
}

function coefficientsOf(
  equations: readonly Equation[],
  unknowns: readonly string[],
): { matrix: Formula[][]; constants: Formula[] } | null {
  const matrix: Formula[][] = [];
  const constants: Formula[] = [];
  for (const [left, right] of equations) {
    const difference = make('ExpandAll', make('Subtract', makeFrom(left), makeFrom(right))).evaluate();
    const json = jsonOf(difference);
    const total = unknowns.map((unknown) => degreeIn(json, unknown));
    if (total.some((degree) => degree === null || degree > 1)) return null;
    const row = unknowns.map((unknown) => make('D', difference, unknown).evaluate());
    if (row.some((entry) => unknowns.some((unknown) => freeSymbols(jsonOf(entry)).has(unknown)))) return null;
    const atZero = difference.subs(Object.fromEntries(unknowns.map((unknown) => [unknown, 0]))).evaluate();
    matrix.push(row);
    constants.push(make('Negate', atZero).evaluate());
  }
  return { matrix, constants };
}

function determinantOf(matrix: readonly (readonly Formula[])[]): Formula {
  const rows: MathJson[] = matrix.map((row) => ['List', ...row.map(jsonOf)]);
  return makeFrom(['Determinant', ['Matrix', ['List', ...rows]]]).evaluate();
}

function refuseUnchecked({ equations, asWritten }: System, solutions: readonly Solution[]): void {
  if (!solutions.every((solution) => checkSolution(equations, solution, asWritten) === 'equal')) {
    throw refuse('solver-unchecked', { verb: 'solve' });
  }
}

function answerWith(solutions: readonly Solution[], note: string): SolverReply {
  const alternatives = solutions.map((solution) =>
    [...solution].map(([unknown, value]) => typesetRoot(unknown, value)).join(',\\quad '),
  );
  const formula = `$$\n${alternatives.join(orWord)}\n$$`;
  return { type: 'answer', answer: note ? `${formula}\n\n${note}` : formula, checkedBy };
}

function typesetRoot(unknown: string, value: MathJson): string {
  const name = typeset(makeFrom(unknown));
  const number = plainDecimal(value);
  return number === null ? `${name} = ${typeset(makeFrom(value))}` : `${name} \\approx ${decimal(number)}`;
}

/** A number that is an approximation: one with digits behind its point. */
function plainDecimal(value: MathJson): number | null {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'object' && 'num' in value
        ? Number(value.num)
        : null;
  return number === null || Number.isInteger(number) ? null : number;
}
