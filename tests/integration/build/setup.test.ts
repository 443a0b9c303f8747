import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

/** A clone with a lockfile, our set-up, and an npm that only notes that it was called. */
let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'scholium-clone-'));
  cpSync(join(root, 'build'), join(clone, 'build'), { recursive: true });
  writeFileSync(join(clone, 'package-lock.json'), '{"packages": {"": {}}}');
  fakeNpm(`fs.mkdirSync('node_modules', { recursive: true });`);
});

afterEach(() => rmSync(clone, { recursive: true }));

function fakeNpm(work: string): void {
  const calls = JSON.stringify(join(clone, 'npm-calls'));
  writeFileSync(
    join(clone, 'npm-cli.cjs'),
    `const fs = require('node:fs');
     fs.appendFileSync(${calls}, process.argv.slice(2).join(' ') + '\\n');
     console.log('npm speaks');
     ${work}`,
  );
}

function npmCalls(): string[] {
  const file = join(clone, 'npm-calls');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}

interface Start {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

function start(): Promise<Start> {
  const setup = JSON.stringify(join(clone, 'build/setup.mjs'));
  const paths = JSON.stringify(join(clone, 'build/paths.mjs'));
  const program = `
    const { pathToFileURL } = await import('node:url');
    const { main } = await import(pathToFileURL(${paths}).href);
    const { ensureReady } = await import(pathToFileURL(${setup}).href);
    await main(async () => console.log(await ensureReady()));`;
  const env = {
    ...process.env,
    npm_execpath: join(clone, 'npm-cli.cjs'),
    npm_node_execpath: process.execPath,
  };
  return new Promise((done) => {
    // From elsewhere, as `npm --prefix` and an editor do.
    const options = { cwd: tmpdir(), env };
    execFile(
      process.execPath,
      ['--input-type=module', '--eval', program],
      options,
      (error, stdout, stderr) => {
        done({ code: error === null ? 0 : error.code, stdout, stderr });
      },
    );
  });
}

test('the first start installs from the lockfile, without scripts, and says so on stderr alone', async () => {
  const { stdout, stderr } = await start();
  expect(npmCalls()).toEqual([expect.stringMatching(/^ci --ignore-scripts /)]);
  expect(stderr).toMatch(/installing the dependencies[^]*npm speaks/);
  expect(stdout).toBe(`${process.execPath}\n`);
});

test('the second start does not call npm at all', async () => {
  await start();
  const { stderr } = await start();
  expect(npmCalls()).toHaveLength(1);
  expect(stderr).toBe('');
});

test('a changed lockfile is installed', async () => {
  await start();
  appendFileSync(join(clone, 'package-lock.json'), '\n');
  await start();
  expect(npmCalls()).toHaveLength(2);
});

test('what was installed by hand is taken as it is when it matches the lockfile', async () => {
  const packages = {
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/for-windows': { version: '1.0.0', integrity: 'sha512-w', optional: true },
  };
  writeFileSync(join(clone, 'package-lock.json'), JSON.stringify({ packages }));
  const installed = { packages: { 'node_modules/a': packages['node_modules/a'] } };
  cpSync(join(clone, 'build'), join(clone, 'node_modules'), { recursive: true });
  writeFileSync(join(clone, 'node_modules/.package-lock.json'), JSON.stringify(installed));
  await start();
  expect(npmCalls()).toEqual([]);
});

test('two first starts at once install once', async () => {
  await Promise.all([start(), start()]);
  expect(npmCalls()).toHaveLength(1);
});

test('an install that fails ends in one sentence, and the next start tries again', async () => {
  fakeNpm('process.exit(1);');
  const first = await start();
  expect(first.code).toBe(1);
  expect(first.stderr).toMatch(/npm ci ended with code 1; .*start again\.\n$/);
  expect(first.stderr).not.toContain('    at ');

  fakeNpm(`fs.mkdirSync('node_modules', { recursive: true });`);
  expect((await start()).code).toBe(0);
});
