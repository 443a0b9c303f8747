import type { Command } from 'commander';
import { commandLine } from '#shared/messages/command-line.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { requireLibraryFile } from '../library-file.ts';
import { jsonOption, libraryOption } from '../options.ts';
import type { Finish } from '../program.ts';
import { withDoor } from '../with-door.ts';

interface ListOptions {
  readonly library?: string;
  readonly json?: boolean;
}

export function addList(program: Command, open: () => CommandContext, finish: Finish): void {
  program
    .command('list')
    .description(commandLine.verbs.list)
    .addOption(libraryOption())
    .addOption(jsonOption())
    .action((options: ListOptions) => finish(() => list(open(), options)));
}

async function list(context: CommandContext, options: ListOptions): Promise<ExitCode> {
  requireLibraryFile(options.library);
  return withDoor(context.backendOptions(options.library), async (door) => {
    const rows = [];
    for (const notebook of await door.client.notebooks.list()) {
      const { cells } = await door.client.notebooks.open({ notebookId: notebook.id });
      rows.push({ notebookId: notebook.id, title: notebook.title, cells: cells.length });
    }
    if (options.json) context.terminal.print(JSON.stringify(rows));
    else printRows(context, rows);
    return exitCodes.done;
  });
}

function printRows(
  context: CommandContext,
  rows: { notebookId: string; title: string; cells: number }[],
): void {
  const words = commandLine.list;
  if (rows.length === 0) return context.terminal.say(words.none);
  for (const row of rows) {
    context.terminal.print(`${row.notebookId}  ${row.title || words.untitled} (${words.cells(row.cells)})`);
  }
}
