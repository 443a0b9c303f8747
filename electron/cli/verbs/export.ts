import type { Command } from 'commander';
import { commandLine } from '#shared/messages/command-line.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { withNotebook } from '../notebook-source.ts';
import { formatOption, libraryOption } from '../options.ts';
import type { Finish } from '../program.ts';
import { writeWholeFile } from '../write-file.ts';

interface ExportOptions {
  readonly library?: string;
  readonly to: 'pdf';
  readonly output?: string;
}

export function addExport(program: Command, open: () => CommandContext, finish: Finish): void {
  program
    .command('export')
    .description(commandLine.verbs.export)
    .argument('<notebook>', commandLine.arguments.notebook)
    .addOption(formatOption())
    .option('-o, --output <file>', commandLine.options.output)
    .addOption(libraryOption())
    .action((notebook: string, given: ExportOptions) =>
      finish(() => exportNotebook(open(), notebook, given)),
    );
}

async function exportNotebook(
  context: CommandContext,
  named: string,
  options: ExportOptions,
): Promise<ExitCode> {
  const { terminal, interrupted } = context;
  const exported = await withNotebook(context, named, options.library, ({ door, content: { notebook } }) => {
    if (terminal.isInteractive)
      terminal.say(commandLine.export.printing(notebook.title || commandLine.list.untitled));
    return door.client.exchange.exportPdf({ notebookId: notebook.id }, { signal: interrupted });
  });
  const path = options.output ?? exported.fileName;
  await writeWholeFile(path, Buffer.from(exported.base64, 'base64'));
  terminal.say(commandLine.export.done(path));
  return exitCodes.done;
}
