import { CommanderError } from 'commander';
import type { Log } from '#backend/logs/index.ts';
import { refusalIn } from '#shared/contract/refusal.ts';
import { failure } from '#shared/domain/failure.ts';
import { commandLine } from '#shared/messages/command-line.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { exitCodes } from './exit-codes.ts';
import type { ExitCode } from './exit-codes.ts';
import { LostOwnerError } from './lost-owner-error.ts';
import { UsageError } from './usage-error.ts';

export interface Explained {
  /** One sentence for stderr; `null` where there is nothing to say. */
  readonly sentence: string | null;
  readonly exitCode: ExitCode;
}

/** The sentence and exit code for whatever ended a command. Bugs are logged under a reference. */
export function explainError(error: unknown, log: Log, verb: string): Explained {
  if (error instanceof UsageError) return { sentence: error.sentence, exitCode: exitCodes.badInput };
  if (error instanceof LostOwnerError) return { sentence: error.sentence, exitCode: exitCodes.incomplete };
  if (error instanceof CommanderError) return explainCommander(error, verb);
  const refusal = refusalIn(error);
  if (refusal?.code === 'internal') return { sentence: sentenceFor(refusal), exitCode: exitCodes.incomplete };
  if (refusal !== null) return { sentence: sentenceFor(refusal), exitCode: exitCodes.badInput };
  const reference = log.error('command-failed', error, { verb });
  return { sentence: sentenceFor(failure('internal', { reference })), exitCode: exitCodes.incomplete };
}

function explainCommander(error: CommanderError, verb: string): Explained {
  // Help and version were printed already.
  if (error.exitCode === 0) return { sentence: null, exitCode: exitCodes.done };
  return { sentence: commanderSentence(error, verb), exitCode: exitCodes.badInput };
}

function commanderSentence(error: CommanderError, verb: string): string {
  const { usage } = commandLine;
  // Commander names what is wrong in quotes: "error: unknown option '--foo'".
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const option = /--[\w-]+|-\w/.exec(named)?.[0] ?? named;
  switch (error.code) {
    case 'commander.unknownOption':
      return usage.unknownOption(named, verb);
    case 'commander.unknownCommand':
      return usage.unknownVerb(named);
    case 'commander.optionMissingArgument':
      return usage.missingValue(option);
    case 'commander.missingArgument':
      return usage.missingArgument(verb);
    case 'commander.missingMandatoryOptionValue':
      return usage.missingOption(option);
    case 'commander.excessArguments':
      return usage.tooMany(verb);
    case 'commander.help':
      return usage.noVerb;
    default:
      return usage.wrong(error.message.replace(/^error: /, ''));
  }
}
