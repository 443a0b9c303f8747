import type { Command } from 'commander';
import type { BackendOptions } from '#backend/backend.ts';
import type { BackendClient } from '#shared/contract/index.ts';
import { refuse } from '#shared/domain/failure.ts';
import { commandLine } from '#shared/messages/command-line.ts';
import { sentenceFor } from '#shared/messages/failures.ts';
import { describeRun } from '#shared/scholium/index.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withNotebook } from '../notebook-source.ts';
import type { OpenNotebook } from '../notebook-source.ts';
import { cellOption, effortOption, jsonOption, libraryOption, providerOption } from '../options.ts';
import type { Finish } from '../program.ts';
import { choiceFor } from '../run-choice.ts';
import type { ChoiceFlags } from '../run-choice.ts';
import { runProblems } from '../run-problems.ts';
import type { ChosenProblem } from '../run-problems.ts';
import { showProgress } from '../run-progress.ts';
import { failureOf, toResult } from '../run-result.ts';
import type { ProblemOutcome } from '../run-result.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

interface RunOptions extends ChoiceFlags {
  readonly library?: string;
  readonly cell?: number;
  readonly json?: boolean;
}

export function addRun(program: Command, open: () => CommandContext, finish: Finish): void {
  const { options } = commandLine;
  program
    .command('run')
    .description(commandLine.verbs.run)
    .argument('<notebook>', commandLine.arguments.notebook)
    .addOption(libraryOption())
    .addOption(providerOption())
    .option('--base-url <url>', options.baseUrl)
    .option('--model <id>', options.model, (text: string) => text.trim())
    .addOption(effortOption())
    .addOption(cellOption())
    .addOption(jsonOption())
    .action((notebook: string, given: RunOptions) => finish(() => run(open(), notebook, given)));
}

async function run(context: CommandContext, named: string, options: RunOptions): Promise<ExitCode> {
  const { terminal, clientId, interrupted } = context;
  if (options.provider === 'solver' && options.baseUrl !== undefined) {
    throw new UsageError(commandLine.usage.solverAddress);
  }
  const work = async (opened: OpenNotebook): Promise<readonly ProblemOutcome[]> => {
    requireOwnAddress(opened, context, options);
    const problems = await chooseProblems(opened, options);
    if (problems.length === 0) terminal.say(commandLine.run.noProblems);
    const progress = showProgress(terminal, problems.length);
    return runProblems(opened.door.client, problems, { clientId, interrupted, progress });
  };
  const outcomes = await withNotebook(context, named, options.library, work, (backend) =>
    withAddress(backend, options),
  );
  if (options.json) terminal.print(JSON.stringify(outcomes.map(toResult)));
  else outcomes.forEach((outcome, index) => printOutcome(terminal, outcome, index > 0));
  tellFailures(terminal, outcomes);
  return outcomes.every(isCompleted) ? exitCodes.done : exitCodes.incomplete;
}

/** The address given counts for whichever provider the problems turn out to be for. */
function withAddress(backend: BackendOptions, { provider, baseUrl }: RunOptions): BackendOptions {
  if (baseUrl === undefined || provider === 'solver') return backend;
  const baseUrls =
    provider === undefined ? { openai: baseUrl, compatible: baseUrl } : { [provider]: baseUrl };
  return { ...backend, baseUrls };
}

/** Another process' backend sends runs to its own addresses; ours would be ignored without a word. */
function requireOwnAddress(
  { door }: OpenNotebook,
  context: CommandContext,
  { baseUrl, library }: RunOptions,
): void {
  if (baseUrl === undefined || door.kind === 'owner') return;
  throw refuse('address-elsewhere', { path: context.backendOptions(library).libraryPath });
}

async function chooseProblems(opened: OpenNotebook, options: RunOptions): Promise<ChosenProblem[]> {
  const { client } = opened.door;
  const { notebook, cells } = opened.content;
  const { defaultChoice } = await client.settings.get();
  const isOpenAiModel = await openAiModels(client);
  const problems = cells
    .filter((cell) => cell.kind === 'problem')
    .map((cell, index) => {
      const inherited = cell.choice ?? notebook.defaultChoice ?? defaultChoice;
      return { number: index + 1, cell, choice: choiceFor(options, inherited, isOpenAiModel) };
    });
  if (options.cell === undefined) return problems;
  const chosen = problems[options.cell - 1];
  if (chosen === undefined) {
    throw new UsageError(commandLine.usage.noSuchProblem(options.cell, problems.length));
  }
  return [chosen];
}

async function openAiModels(client: BackendClient): Promise<(model: string) => boolean> {
  const { models } = await client.models.list({ provider: 'openai', askServer: false });
  const ids = new Set(models.map(({ id }) => id));
  return (model) => ids.has(model);
}

function isCompleted(outcome: ProblemOutcome): boolean {
  return outcome.kind === 'ran' && outcome.run.state === 'completed';
}

function printOutcome(terminal: Terminal, outcome: ProblemOutcome, isFurther: boolean): void {
  const words = commandLine.run;
  if (outcome.kind === 'refused') return;
  const { run, number } = outcome;
  if (isFurther) terminal.print('');
  terminal.print(`${words.problem(number)}\n\n${run.answer.trimEnd() || words.noAnswer}\n`);
  terminal.print(describeRun(run).summaryText);
}

function tellFailures(terminal: Terminal, outcomes: readonly ProblemOutcome[]): void {
  for (const outcome of outcomes) {
    const failure = failureOf(outcome);
    if (failure === null) continue;
    terminal.say(commandLine.run.progress(commandLine.run.problem(outcome.number), sentenceFor(failure)));
  }
}
