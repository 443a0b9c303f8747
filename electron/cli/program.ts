import { Command } from 'commander';
import { commandLine } from '#shared/messages/command-line.ts';
import { openContext, readVersion } from './context.ts';
import type { CommandContext } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { explainError } from './explain-error.ts';
import { addExport } from './verbs/export.ts';
import { addImport } from './verbs/import.ts';
import { addList } from './verbs/list.ts';
import { addRun } from './verbs/run.ts';
import { addServe } from './verbs/serve.ts';

/** Runs a verb's work and keeps its exit code. */
export type Finish = (work: () => Promise<ExitCode>) => Promise<void>;

/** Runs the command that `args` spell and answers with the exit code. */
export async function runCommandLine(args: readonly string[]): Promise<ExitCode> {
  const context = openContext();
  let exitCode: ExitCode = exitCodes.done;
  try {
    const program = buildProgram(
      () => context,
      async (work) => {
        exitCode = await work();
      },
    );
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // Whatever Ctrl+C cut off needs no explanation.
    const explained = context.interrupted.aborted
      ? { sentence: null, exitCode: exitCodes.incomplete }
      : explainError(error, context.log, args[0] ?? '');
    if (explained.sentence !== null) context.terminal.say(explained.sentence);
    exitCode = explained.exitCode;
  }
  await context.close();
  await context.terminal.flushed();
  return exitCode;
}

function buildProgram(open: () => CommandContext, finish: Finish): Command {
  const program = new Command('scholium')
    .description(commandLine.about)
    .version(readVersion(), '--version', commandLine.version)
    .helpOption('-h, --help', commandLine.help)
    .helpCommand(false)
    .addHelpText('after', `\n${commandLine.helpAfter}`)
    .showHelpAfterError(false)
    .showSuggestionAfterError(false)
    .exitOverride()
    .configureOutput({
      // Commander's own words for errors are reworded by `explainError`; help that was asked for goes to stdout.
      writeErr: () => undefined,
    });
  for (const add of [addServe, addList, addImport, addRun, addExport]) add(program, open, finish);
  for (const command of program.commands) command.copyInheritedSettings(program);
  return program;
}
