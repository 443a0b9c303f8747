import { refuse } from '#shared/domain/failure.ts';

const d = String.raw`(?:d|\\mathrm\s*\{?\s*d\s*\}?|\\partial)`;
const power = String.raw`(?:\^(?:\{\s*\w+\s*\}|\w))?`;
/** `\frac{d}{dx}` and its kin, with nothing in the numerator to differentiate. */
const operator = new RegExp(
  String.raw`\\frac\s*\{\s*${d}\s*${power}\s*\}\s*\{(?:\s*${d}\s*\\?[a-zA-Z]+\s*${power}\s*)+\}`,
  'g',
);

/**
 * The algebra engine lets `\frac{d}{dx}` reach over every plus and minus that follows. On paper it ends
 * with its bracket, so such a derivative is put into brackets of its own; where there is no bracket
 * people mean either, and neither is guessed. Throws `AppError` `solver-unreadable`.
 */
export function limitDerivatives(latex: string): string {
  let result = '';
  let from = 0;
  for (const found of latex.matchAll(operator)) {
    const start = found.index;
    const operandAt = start + found[0].length;
    const end = endOfTerm(latex, operandAt);
    const operand = latex.slice(operandAt, end).trim();
    const isInSum = latex[end] === '+' || latex[end] === '-';
    if (start < from || operand === '' || !isInSum) continue;
    if (!/^(?:\\left\s*)?[([]/.test(operand)) {
      throw refuse('solver-unreadable', { detail: latex.slice(start, end + 1).slice(0, 60) });
    }
    result += `${latex.slice(from, start)}(${latex.slice(start, end)})`;
    from = end;
  }
  return result + latex.slice(from);
}

/** Where the product that begins at `from` is over: at a sign, a relation, a comma, or its bracket's end. */
function endOfTerm(latex: string, from: number): number {
  let depth = 0;
  let hasBegun = false;
  for (let at = from; at < latex.length; at += 1) {
    const character = latex[at] ?? '';
    if ('({['.includes(character)) depth += 1;
    else if (')}]'.includes(character)) depth -= 1;
    if (depth < 0) return at;
    if (depth === 0 && hasBegun && '+-=<>,;&'.includes(character)) return at;
    hasBegun ||= /\S/.test(character);
  }
  return latex.length;
}
