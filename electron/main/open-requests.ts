import { extname, resolve } from 'node:path';

/** What the system or a command line asked to be opened. */
export type OpenRequest =
  | { readonly kind: 'library'; readonly path: string }
  | { readonly kind: 'markdown'; readonly path: string }
  | { readonly kind: 'jupyter'; readonly path: string }
  /** A folder, a web page, an address: nothing that Scholium opens. */
  | { readonly kind: 'unknown'; readonly path: string };

/** By its name alone; whether it is there, and is what it says, is found out by whoever opens it. */
export function openRequestFor(argument: string, workingFolder: string): OpenRequest {
  // An address is not a path, and must not be read as one below the working folder.
  if (/^[a-z][a-z0-9+.-]+:/i.test(argument)) return { kind: 'unknown', path: argument };
  const path = resolve(workingFolder, argument);
  switch (extname(path).toLowerCase()) {
    case '.scholium':
      return { kind: 'library', path };
    case '.md':
    case '.markdown':
      return { kind: 'markdown', path };
    case '.ipynb':
      return { kind: 'jupyter', path };
    default:
      return { kind: 'unknown', path };
  }
}

/**
 * The requests on a command line, the program itself and its switches left out: Chromium adds
 * switches of its own to what a second start hands over. `--library FILE` names a library of any name.
 */
export function openRequestsIn(
  args: readonly string[],
  { workingFolder, isPackaged }: { readonly workingFolder: string; readonly isPackaged: boolean },
): OpenRequest[] {
  const requests: OpenRequest[] = [];
  const given = args.slice(1).filter((argument) => argument !== '');
  let isProgramNext = !isPackaged;
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index] ?? '';
    const named = /^--library(?:=(.*))?$/.exec(argument);
    if (named) {
      const file = named[1] ?? given[(index += 1)];
      if (file) requests.push({ kind: 'library', path: resolve(workingFolder, file) });
    } else if (!argument.startsWith('-')) {
      // Started as `electron FOLDER …`: the first plain argument is the program.
      if (isProgramNext) isProgramNext = false;
      else requests.push(openRequestFor(argument, workingFolder));
    }
  }
  return requests;
}
