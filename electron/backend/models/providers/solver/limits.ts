import { refuse } from '#shared/domain/failure.ts';

const maxChars = 2_000;
const maxNesting = 40;
const maxDigitRun = 60;
const maxPowerTower = 3;
const maxFactorialArgument = 2_000;
const maxSumTerms = 1_000_000;

/**
 * Refuses formulas whose mere parsing or arithmetic could run away, before the algebra engine sees
 * them. The worker's time limit catches the rest.
 */
export function checkLimits(latex: string): void {
  if (latex.length > maxChars) throw refuse('solver-too-large', { limit: `${maxChars} characters` });
  if (nesting(latex) > maxNesting)
    throw refuse('solver-too-large', { limit: `${maxNesting} levels of braces` });
  if (new RegExp(`\\d{${maxDigitRun + 1}}`).test(latex.replace(/\\[,;!]|\s/g, ''))) {
    throw refuse('solver-too-large', { limit: `numbers of ${maxDigitRun} digits` });
  }
  if (powerTower(latex) > maxPowerTower)
    throw refuse('solver-too-large', { limit: `${maxPowerTower} stacked powers` });
  for (const [, digits] of latex.matchAll(/(\d+)\s*\)?\s*!/g)) {
    if (Number(digits) > maxFactorialArgument) {
      throw refuse('solver-too-large', { limit: `factorials up to ${maxFactorialArgument}` });
    }
  }
  for (const [, base, exponent] of latex.matchAll(/\\(?:sum|prod)[^^]*\^\{?\s*(\d+)(?:\s*\^\s*\{?(\d+))?/g)) {
    if (Number(base) ** Number(exponent ?? 1) > maxSumTerms) {
      throw refuse('solver-too-large', { limit: `${maxSumTerms} terms` });
    }
  }
}

function nesting(latex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of latex) {
    if (character === '{' || character === '(' || character === '[') deepest = Math.max(deepest, ++depth);
    else if (character === '}' || character === ')' || character === ']') depth -= 1;
  }
  return deepest;
}

/** How many powers stand on one another: 3 for `2^{3^{4^5}}` and for `2^3^4^5`. */
function powerTower(latex: string): number {
  let highest = 0;
  const open: number[] = [];
  let tower = 0;
  for (const [token] of latex.matchAll(/\^\s*\{?|[{}]|[^\s]/g)) {
    if (token.startsWith('^')) {
      tower += 1;
      highest = Math.max(highest, tower);
      if (token.endsWith('{')) open.push(tower);
    } else if (token === '{') open.push(tower);
    else if (token === '}') tower = (open.pop() ?? 1) - 1;
    else if (/[+\-=]/.test(token) && open.length === 0) tower = 0;
  }
  return highest;
}
