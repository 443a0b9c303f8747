/** Follows code fences from line to line, since nothing inside them is markup. */
export interface CodeFences {
  /** Whether this line belongs to a fenced code block, its fences included. */
  next(line: string): boolean;
  readonly isOpen: boolean;
}

const opening = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

export function createCodeFences(): CodeFences {
  let fence: string | null = null;
  return {
    get isOpen() {
      return fence !== null;
    },
    next(line) {
      if (fence === null) {
        fence = opening.exec(line)?.[1] ?? null;
        return fence !== null;
      }
      const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1];
      if (closing !== undefined && closing[0] === fence[0] && closing.length >= fence.length) fence = null;
      return true;
    },
  };
}
