/** 0: done. 1: a run did not complete (or a bug). 2: bad usage or input. */
export const exitCodes = { done: 0, incomplete: 1, badInput: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
