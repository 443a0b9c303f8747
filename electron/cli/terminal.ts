/** Where a command speaks: results to stdout, everything else to stderr. */
export interface Terminal {
  /** Writes a line of the result. */
  print(text: string): void;
  /** Tells the person at the keyboard something that is no result. */
  say(sentence: string): void;
  /** True where a bar can be drawn on stderr. */
  readonly isInteractive: boolean;
  /** Fulfilled when all that was printed has left this process. */
  flushed(): Promise<void>;
}

export function openTerminal(): Terminal {
  // `scholium list | head` closes our stdout early; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    print: (text) => void process.stdout.write(`${text}\n`),
    say: (sentence) => void process.stderr.write(`${sentence}\n`),
    isInteractive: process.stderr.isTTY === true,
    flushed: async () => {
      await Promise.all([drained(process.stdout), drained(process.stderr)]);
    },
  };
}

function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve());
  });
}
