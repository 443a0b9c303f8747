import type { Check } from './checks.ts';
import { add, complex, divide, modulus, multiply, negate, subtract, zero } from './complex.ts';
import type { Complex } from './complex.ts';
import { evaluateNumerically, isCompound } from './numeric-evaluation.ts';
import type { MathJson, Values } from './numeric-evaluation.ts';
import { agrees, samplePoints } from './samples.ts';

type Matrix = readonly (readonly Complex[])[];

/** Checks a result that comes from matrices by elimination and multiplication of our own; `null` where there are none. */
export function matrixCheck(formula: MathJson, result: MathJson): Check | null {
  if (!mentionsMatrix(formula)) return null;
  let defined = 0;
  for (const values of samplePoints([formula, result])) {
    const [a, b] = [valueOf(formula, values), valueOf(result, values)];
    if (!a || !b) continue;
    if (!sameMatrix(a, b)) return { outcome: 'different', by: 'elimination' };
    defined += 1;
  }
  return { outcome: defined > 0 ? 'equal' : 'undecided', by: 'elimination' };
}

function mentionsMatrix(json: MathJson): boolean {
  return isCompound(json) && (json[0] === 'Matrix' || json.some(mentionsMatrix));
}

/** A formula's value as a matrix; a number is a 1 × 1 one. `null` where it has none that we know. */
function valueOf(json: MathJson, values: Values): Matrix | null {
  if (!isCompound(json) || !(mentionsMatrix(json) || json[0] === 'List'))
    return scalar(evaluateNumerically(json, values));
  const [head, ...args] = json;
  if (head === 'Matrix' || head === 'List') return literal(head === 'Matrix' ? (args[0] ?? 0) : json, values);
  const parts = args.map((arg) => valueOf(arg, values));
  const [a, b] = parts;
  if (!a) return null;
  switch (head) {
    case 'Determinant':
      return scalar(eliminate(a, null).determinant);
    case 'Inverse':
      return eliminate(a, identity(a.length)).solved;
    case 'Transpose':
      return (a[0] ?? []).map((_, column) => a.map((row) => row[column] ?? zero));
    case 'Trace':
      return scalar(a.reduce((sum, row, index) => add(sum, row[index] ?? zero), zero));
    case 'Negate':
      return a.map((row) => row.map(negate));
    case 'Power':
      return b && b.length === 1 ? matrixPower(a, b[0]?.[0]?.re ?? Number.NaN) : null;
    case 'Multiply':
    case 'MatrixMultiply':
      return parts.reduce<Matrix | null>(
        (left, right) => (left && right ? product(left, right) : null),
        scalar(complex(1)),
      );
    case 'Add':
      return sumAll(parts);
    default:
      return null;
  }
}

function literal(json: MathJson, values: Values): Matrix | null {
  if (!isCompound(json)) return null;
  const rows = json.slice(1).map((row) => (isCompound(row) && row[0] === 'List' ? row.slice(1) : [row]));
  const width = rows[0]?.length ?? 0;
  if (rows.length === 0 || rows.some((row) => row.length !== width)) return null;
  return rows.map((row) => row.map((entry) => evaluateNumerically(entry, values)));
}

const scalar = (value: Complex): Matrix => [[value]];
const identity = (size: number): Matrix =>
  Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_unused, column) => complex(row === column ? 1 : 0)),
  );

function product(a: Matrix, b: Matrix): Matrix | null {
  const [onlyA, onlyB] = [a.length === 1 && a[0]?.length === 1, b.length === 1 && b[0]?.length === 1];
  const [firstA, firstB] = [a[0]?.[0], b[0]?.[0]];
  if (onlyA && firstA) return b.map((row) => row.map((entry) => multiply(firstA, entry)));
  if (onlyB && firstB) return a.map((row) => row.map((entry) => multiply(entry, firstB)));
  if ((a[0]?.length ?? 0) !== b.length) return null;
  return a.map((row) =>
    (b[0] ?? []).map((_, column) =>
      row.reduce((total, entry, index) => add(total, multiply(entry, b[index]?.[column] ?? zero)), zero),
    ),
  );
}

function sum(a: Matrix, b: Matrix): Matrix | null {
  if (a.length !== b.length || a[0]?.length !== b[0]?.length) return null;
  return a.map((row, index) => row.map((entry, column) => add(entry, b[index]?.[column] ?? zero)));
}

function sumAll(parts: readonly (Matrix | null)[]): Matrix | null {
  const [first, ...rest] = parts;
  return rest.reduce<Matrix | null>(
    (left, right) => (left && right ? sum(left, right) : null),
    first ?? null,
  );
}

function matrixPower(a: Matrix, exponent: number): Matrix | null {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 64) return null;
  const base = exponent < 0 ? eliminate(a, identity(a.length)).solved : a;
  let result: Matrix | null = identity(a.length);
  for (let step = 0; step < Math.abs(exponent); step += 1)
    result = result && base ? product(result, base) : null;
  return result;
}

/** Gauss–Jordan elimination with pivoting. */
function eliminate(matrix: Matrix, right: Matrix | null): { determinant: Complex; solved: Matrix | null } {
  const rows = matrix.map((row, index) => [...row, ...(right?.[index] ?? [])]);
  let determinant = complex(1);
  for (let column = 0; column < matrix.length; column += 1) {
    const pivotAt = rows.reduce(
      (best, row, index) =>
        index >= column && modulus(row[column] ?? zero) > modulus(rows[best]?.[column] ?? zero)
          ? index
          : best,
      column,
    );
    const pivotRow = rows[pivotAt];
    const pivot = pivotRow?.[column];
    const current = rows[column];
    if (!pivotRow || !pivot || !current || modulus(pivot) === 0) return { determinant: zero, solved: null };
    if (pivotAt !== column) {
      rows[column] = pivotRow;
      rows[pivotAt] = current;
      determinant = negate(determinant);
    }
    determinant = multiply(determinant, pivot);
    const scaled = pivotRow.map((entry) => divide(entry, pivot));
    rows[column] = scaled;
    rows.forEach((row, index) => {
      const factor = row[column];
      if (index !== column && factor) {
        rows[index] = row.map((entry, at) => subtract(entry, multiply(factor, scaled[at] ?? zero)));
      }
    });
  }
  return { determinant, solved: right ? rows.map((row) => row.slice(matrix.length)) : null };
}

function sameMatrix(a: Matrix, b: Matrix): boolean {
  const size = Math.max(...a.flat().map(modulus), 1e-300);
  return (
    a.length === b.length &&
    a.every(
      (row, index) =>
        row.length === b[index]?.length &&
        row.every((entry, at) => agrees(entry, b[index]?.[at] ?? zero, 1e-9, size)),
    )
  );
}
