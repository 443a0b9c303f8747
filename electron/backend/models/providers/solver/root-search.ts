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
    if (value === 0) roots.push(x);
    else if (value * nextValue < 0) {
      const root = bisect(f, x, nextX, value);
      if (Math.abs(f(root)) <= Math.min(Math.abs(value), Math.abs(nextValue))) roots.push(root);
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
