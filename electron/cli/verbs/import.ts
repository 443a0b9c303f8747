import type { Command } from 'commander';
import { commandLine } from '#shared/messages/command-line.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { readMarkdownFile } from '../markdown-file.ts';
import { jsonOption, libraryOption } from '../options.ts';
import type { Finish } from '../program.ts';
import { withDoor } from '../with-door.ts';

interface ImportOptions {
  readonly library?: string;
  readonly json?: boolean;
}

export function addImport(program: Command, open: () => CommandContext, finish: Finish): void {
  program
    .command('import')
    .description(commandLine.verbs.import)
    .argument('<files...>', commandLine.arguments.files)
    .addOption(libraryOption())
    .addOption(jsonOption())
    .action((files: string[], options: ImportOptions) => finish(() => importFiles(open(), files, options)));
}

async function importFiles(
  context: CommandContext,
  paths: readonly string[],
  options: ImportOptions,
): Promise<ExitCode> {
  // All are read before the library is opened: a bad file among them changes nothing.
  const files = paths.map(readMarkdownFile);
  return withDoor(context.backendOptions(options.library), async (door) => {
    const imported = await door.client.exchange.importMarkdown({ clientId: context.clientId, files });
    if (options.json) context.terminal.print(JSON.stringify(imported));
    else {
      for (const { title, cells, notebookId } of imported) {
        const counted = commandLine.list.cells(cells);
        context.terminal.print(commandLine.import.done(title, counted, notebookId));
      }
    }
    return exitCodes.done;
  });
}
