import { existsSync } from 'node:fs';
import type { BackendOptions } from '#backend/backend.ts';
import type { LibraryDoor } from '#server/index.ts';
import type { Outputs } from '#shared/contract/index.ts';
import { brand } from '#shared/domain/ids.ts';
import type { NotebookId } from '#shared/domain/ids.ts';
import type { CommandContext } from './context.ts';
import { requireLibraryFile } from './library-file.ts';
import { readMarkdownFile } from './markdown-file.ts';
import { withDoor } from './with-door.ts';

export interface OpenNotebook {
  readonly door: LibraryDoor;
  readonly content: Outputs['notebooks']['open'];
}

/**
 * Opens what `NOTEBOOK_ID|FILE.md` names and works on it. A file becomes a new notebook: in the library
 * that `--library` names, or without it in one in memory. `adjust` may change the backend's options.
 */
export async function withNotebook<Result>(
  context: CommandContext,
  named: string,
  libraryFile: string | undefined,
  work: (opened: OpenNotebook) => Promise<Result>,
  adjust: (options: BackendOptions) => BackendOptions = (options) => options,
): Promise<Result> {
  const file = isMarkdownFile(named) ? readMarkdownFile(named) : null;
  if (file === null) requireLibraryFile(libraryFile);
  const options = adjust(context.backendOptions(libraryFile));
  const inMemory = file !== null && libraryFile === undefined;
  return withDoor(inMemory ? { ...options, libraryPath: ':memory:' } : options, async (door) => {
    const notebookId = file === null ? brand<NotebookId>(named) : await importOne(context, door, file);
    return work({ door, content: await door.client.notebooks.open({ notebookId }) });
  });
}

/** Ids hold neither dots nor slashes, so whatever does was meant as a file. */
function isMarkdownFile(named: string): boolean {
  return /[./\\]/.test(named) || existsSync(named);
}

async function importOne(
  context: CommandContext,
  door: LibraryDoor,
  file: { name: string; text: string },
): Promise<NotebookId> {
  const [imported] = await door.client.exchange.importMarkdown({ clientId: context.clientId, files: [file] });
  if (imported === undefined) throw new Error('The import of one file made no notebook.');
  return imported.notebookId;
}
