/** What the solver writes around its formulas. */
export const solverMessages = {
  or: 'or',
  othersMayExist: 'There may be further solutions; the solver does not claim to have found all.',
  foundWithin: (from: number, to: number): string =>
    `Found numerically between ${from} and ${to}; there may be further solutions.`,
  true: 'true',
  false: 'false',
} as const;
