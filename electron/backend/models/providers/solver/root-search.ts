/** Where real roots are looked for. */
export const searchRange = { from: -100, to: 100 } as const;

const cells = 20_000;
const maxRoots = 8;

/**
 * Real roots of `f` in the search range, where its sign changes; poles are told apart by the size of
 * `f` there. More than eight are as good as none to a reader, so only the eight nearest 0 are given;
 * none where `f` vanishes all along, since then nothing was solved.
 */
export function findRoots(f: (x: number) => number): readonly number[] {
  const width = (searchRange.to - searchRange.from) / cells;
  const roots: number[] = [];
  let zeros = 0;
  // A grid that avoids 0 and other round numbers, where formulas tend to be singular.
  const offset = width * 0.381_966;
  let x = searchRange.from + offset;
  let value = f(x);
  for (let cell = 1; cell < cells; cell += 1) {
    const nextX = searchRange.from + offset + cell * width;
    const nextValue = f(nextX);
    if (value === 0) zeros += 1;
    const found = value === 0 ? x : value * nextValue < 0 ? bisect(f, x, nextX, value) : null;
    const root = found === null ? null : settle(f, found);
    if (root !== null && Math.abs(f(root)) <= Math.min(Math.abs(value), Math.abs(nextValue))) {
      roots.push(root);
    }
    x = nextX;
    value = nextValue;
  }
  if (zeros > maxRoots) return [];
  return roots
    .sort((a, b) => Math.abs(a) - Math.abs(b))
    .slice(0, maxRoots)
    .sort((a, b) => a - b);
}

/** Half a unit of the eighth digit, which is the last that is shown. */
const shownRelative = 5e-9;

/**
 * The root as it may be shown: the round number beside it where that is one, and `null` where `f` is
 * singular there (a hole such as that of (x² − 1)/(x − 1)) or too flat to tell its eight digits.
 */
function settle(f: (x: number) => number, root: number): number | null {
  const round = Number(root.toFixed(6)) || 0;
  const atRound = f(round);
  if (atRound === 0) return round;
  if (!Number.isFinite(atRound) && Math.abs(round - root) < 1e-7) return null;
  const step = shownRelative * Math.abs(root);
  return f(root - step) * f(root + step) < 0 ? root : null;
}

function bisect(f: (x: number) => number, from: number, to: number, valueAtFrom: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    const value = f(middle);
    if (value === 0) return middle;
    if (value * valueAtFrom > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
