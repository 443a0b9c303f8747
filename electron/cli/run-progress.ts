import { SingleBar } from 'cli-progress';
import type { Run } from '#shared/domain/run.ts';
import { hasEnded } from '#shared/domain/run.ts';
import { commandLine } from '#shared/messages/command-line.ts';
import type { Terminal } from './terminal.ts';

const words = commandLine.run;

/** Tells on stderr how far each problem is: one bar on a terminal, plain lines elsewhere. */
export interface RunProgress {
  update(number: number, run: Run): void;
  end(): void;
}

export function showProgress(terminal: Terminal, problems: number): RunProgress {
  return terminal.isInteractive ? bar(problems) : lines(terminal);
}

function bar(problems: number): RunProgress {
  const shown = new SingleBar({
    stream: process.stderr,
    format: '{bar} {value}/{total} · {doing}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  const ended = new Set<number>();
  shown.start(problems, 0, { doing: words.queued });
  return {
    update(number, run) {
      if (hasEnded(run)) ended.add(number);
      shown.update(ended.size, { doing: words.progress(words.problem(number), describe(run)) });
    },
    end: () => shown.stop(),
  };
}

function lines(terminal: Terminal): RunProgress {
  const told = new Map<number, string>();
  return {
    update(number, run) {
      const line = words.progress(words.problem(number), describe(run));
      if (told.get(number) === line) return;
      told.set(number, line);
      terminal.say(line);
    },
    end: () => undefined,
  };
}

function describe(run: Run): string {
  if (run.state === 'queued') return words.queued;
  return run.state === 'running' ? words.phases[run.phase] : words.states[run.state];
}
