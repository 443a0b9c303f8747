import type { Command } from 'commander';
import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { windowFolder } from '#backend/built-folders.ts';
import { openInBrowser, startServer } from '#server/index.ts';
import { refuse } from '#shared/domain/failure.ts';
import { commandLine } from '#shared/messages/command-line.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { ExitCode } from '../exit-codes.ts';
import { explainError } from '../explain-error.ts';
import { jsonOption, libraryOption, portOption } from '../options.ts';
import type { Finish } from '../program.ts';

interface ServeOptions {
  readonly library?: string;
  readonly port: number;
  readonly open: boolean;
  readonly json?: boolean;
}

export function addServe(program: Command, open: () => CommandContext, finish: Finish): void {
  program
    .command('serve')
    .description(commandLine.verbs.serve)
    .addOption(libraryOption())
    .addOption(portOption())
    .option('--no-open', commandLine.options.noOpen)
    .addOption(jsonOption())
    .action((options: ServeOptions) => finish(() => serve(open(), options)));
}

async function serve(context: CommandContext, options: ServeOptions): Promise<ExitCode> {
  const { terminal, log, env, interrupted } = context;
  if (!existsSync(join(windowFolder, 'index.html'))) throw refuse('window-not-built', {});
  const server = await startServer({
    backend: { ...context.backendOptions(options.library), welcome: true },
    port: options.port,
    isDevelopment: env['SCHOLIUM_DEVELOPMENT'] === '1',
  });
  if (options.json) terminal.print(JSON.stringify({ url: server.url, port: server.port }));
  else terminal.print(commandLine.serve.ready(server.url));
  const opening = options.open ? openInBrowser(server.url, { env, platform: process.platform, log }) : null;
  if (!options.json) {
    terminal.say(opening?.isTried ? commandLine.serve.openedInBrowser : commandLine.serve.openByHand);
  }

  // Whoever ends a server rarely does it gently enough for Node to keep what it compiled.
  flushCompileCache();
  const ended = await Promise.race([aborted(interrupted), server.lost.then((reason) => ({ reason }))]);
  if (!options.json) terminal.say(commandLine.serve.ending);
  opening?.cleanUp();
  await server.close();
  if (ended === 'interrupted') return exitCodes.done;
  const explained = explainError(ended.reason, log, 'serve');
  terminal.say(commandLine.serve.lost(explained.sentence ?? ''));
  return explained.exitCode;
}

function aborted(signal: AbortSignal): Promise<'interrupted'> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve('interrupted');
    signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
}
