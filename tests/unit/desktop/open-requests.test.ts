import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRequestFor, openRequestsIn } from '#main/open-requests.ts';

const workingFolder = resolve('/home/user');
const kindOf = (argument: string) => openRequestFor(argument, workingFolder).kind;

describe('what is given to open', () => {
  test.each([
    ['physics.scholium', 'library'],
    ['Landau.MD', 'markdown'],
    ['a.markdown', 'markdown'],
    ['lab.ipynb', 'jupyter'],
    ['page.html', 'unknown'],
    ['folder', 'unknown'],
    ['notes.md/', 'markdown'],
    ['https://example.org/x.md', 'unknown'],
    ['file:///etc/x.scholium', 'unknown'],
    ['scholium://open?x.md', 'unknown'],
    ['', 'unknown'],
  ])('%s is a %s', (argument, kind) => {
    expect(kindOf(argument)).toBe(kind);
  });

  test('is found from the folder it was given in', () => {
    expect(openRequestFor('a.md', workingFolder).path).toBe(resolve('/home/user/a.md'));
  });
});

describe('a command line', () => {
  const paths = (args: string[], isPackaged: boolean) =>
    openRequestsIn(args, { workingFolder, isPackaged }).map(({ kind, path }) => [kind, path]);

  test('names files after the program, and after its folder while it is not packaged', () => {
    const expected = [['markdown', resolve('/home/user/a.md')]];
    expect(paths(['scholium', 'a.md'], true)).toEqual(expected);
    expect(paths(['electron', '.', 'a.md'], false)).toEqual(expected);
    expect(paths(['electron', '--inspect=0', '.', '--no-sandbox', 'a.md'], false)).toEqual(expected);
  });

  test('names no file by a switch, Chromium’s own included', () => {
    expect(paths(['scholium', '--allow-file-access', '--x=a.md', '-psn_0_1'], true)).toEqual([]);
  });

  test('names a library of any name by --library', () => {
    const expected = [['library', resolve('/home/user/data.db')]];
    expect(paths(['scholium', '--library', 'data.db'], true)).toEqual(expected);
    expect(paths(['scholium', '--library=data.db'], true)).toEqual(expected);
    expect(paths(['scholium', '--library'], true)).toEqual([]);
  });
});
