import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestFolder, openTestLibrary } from '#tests/support/library.ts';
import { fingerprintFolder } from '#tests/support/files.ts';

const script = fileURLToPath(new URL('../../support/open-as-user.ts', import.meta.url));
let folder: string;
let removeFolder: () => void;
let path: string;

beforeEach(async () => {
  ({ folder, remove: removeFolder } = createTestFolder());
  path = join(folder, 'library.scholium');
  (await openTestLibrary(path)).close();
});
afterEach(() => {
  chmodSync(folder, 0o700);
  removeFolder();
});

function openAsUser(): unknown {
  return JSON.parse(execFileSync(process.execPath, [script, path], { encoding: 'utf8' }));
}

// Windows keeps permissions in another way.
test.runIf(process.platform !== 'win32')('a library that may only be read is refused and left alone', () => {
  chmodSync(folder, 0o777);
  chmodSync(path, 0o444);
  const before = fingerprintFolder(folder);
  expect(openAsUser()).toEqual(['library-read-only', 'library-read-only']);
  expect(fingerprintFolder(folder)).toEqual(before);
});

test.runIf(process.platform !== 'win32')(
  'a library in a folder that may only be read is refused and left alone',
  () => {
    chmodSync(path, 0o666);
    chmodSync(folder, 0o555);
    const before = fingerprintFolder(folder);
    expect(openAsUser()).toEqual(['library-read-only', 'library-read-only']);
    expect(fingerprintFolder(folder)).toEqual(before);
  },
);
