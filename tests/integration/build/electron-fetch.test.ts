import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

/** A clone with our scripts, Electron's package without its program, and a download that does as it is told. */
let clone: string;

beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'scholium-electron-'));
  cpSync(join(root, 'build'), join(clone, 'build'), { recursive: true });
  write('package-lock.json', '{"packages": {"": {}}}');
  write('node_modules/.package-lock.json', '{"packages": {}}');
  write('node_modules/electron/package.json', '{"name": "electron", "version": "45.4.1"}');
  write('node_modules/electron/checksums.json', '{}');
  write(
    'node_modules/electron/install.js',
    `const fs = require('node:fs');
     fs.mkdirSync(__dirname + '/dist', { recursive: true });
     fs.writeFileSync(__dirname + '/dist/electron', '');
     fs.writeFileSync(__dirname + '/path.txt', 'electron');`,
  );
  write(
    'node_modules/@electron/get/package.json',
    '{"name": "@electron/get", "type": "module", "exports": "./index.js"}',
  );
});

afterEach(() => rmSync(clone, { recursive: true }));

function write(name: string, text: string): void {
  const file = join(clone, name);
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

function downloadDoes(work: string): void {
  write(
    'node_modules/@electron/get/index.js',
    `import fs from 'node:fs';
     export async function downloadArtifact(artifact) {
       fs.appendFileSync(${JSON.stringify(join(clone, 'downloads'))}, artifact.version + '\\n');
       ${work}
     }`,
  );
}

function downloads(): number {
  const file = join(clone, 'downloads');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0;
}

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done) => {
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}

/** What `npm start` asks for, with a cap a test can wait for. */
async function fetchAsAStartDoes(capMs: number): Promise<{ outcome: unknown; stderr: string }> {
  const script = `
    import { pathToFileURL } from 'node:url';
    const { fetchElectron } = await import(pathToFileURL(${JSON.stringify(join(clone, 'build/electron-binary.mjs'))}).href);
    console.log(JSON.stringify(await fetchElectron(process.execPath, { capMs: ${capMs} })));`;
  const { stdout, stderr } = await run('--input-type=module', '--eval', script);
  return { outcome: JSON.parse(stdout), stderr };
}

const installByHand = (): Promise<Ended> => run(join(clone, 'build/electron-install.mjs'));

test('Electron is fetched with its progress on stderr, and then found', async () => {
  downloadDoes(`
    const { getProgressCallback } = artifact.downloadOptions;
    for (const percent of [0.2, 0.5, 1]) await getProgressCallback({ percent, total: 120e6, transferred: 0 });`);
  const { outcome, stderr } = await fetchAsAStartDoes(30_000);
  expect(outcome).toEqual({ kind: 'fetched', binary: join(clone, 'node_modules/electron/dist/electron') });
  expect(stderr).toMatch(/fetching Electron 45\.4\.1[^]*50 % of 120 MB[^]*100 % of 120 MB/);
  expect(await fetchAsAStartDoes(30_000)).toMatchObject({ outcome: { kind: 'fetched' } });
  expect(downloads()).toBe(1);
});

test('a failure says its cause, is remembered, and no start tries again by itself', async () => {
  downloadDoes(
    `throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND github.com') });`,
  );
  const first = await fetchAsAStartDoes(30_000);
  expect(first.outcome).toEqual({ kind: 'failed', reason: 'getaddrinfo ENOTFOUND github.com' });
  const second = await fetchAsAStartDoes(30_000);
  expect(second.outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('ENOTFOUND') });
  expect(second.stderr).toBe('');
  expect(downloads()).toBe(1);
});

test('a download that hangs is given up at the cap', async () => {
  downloadDoes('await new Promise(() => setInterval(() => {}, 1000));');
  expect(await fetchAsAStartDoes(1_000)).toMatchObject({
    outcome: { kind: 'failed', reason: 'not done within 1 s' },
  });
});

test('two starts at once download once', async () => {
  downloadDoes('await new Promise((done) => setTimeout(done, 300));');
  const [first, second] = await Promise.all([fetchAsAStartDoes(30_000), fetchAsAStartDoes(30_000)]);
  expect([first.outcome, second.outcome]).toEqual([first.outcome, first.outcome]);
  expect(downloads()).toBe(1);
});

test('another version of Electron is tried anew', async () => {
  downloadDoes(`throw new Error('HTTP 503');`);
  await fetchAsAStartDoes(30_000);
  write('node_modules/electron/package.json', '{"name": "electron", "version": "45.4.2"}');
  await fetchAsAStartDoes(30_000);
  expect(downloads()).toBe(2);
});

test('electron:install tries again after a failure, and forgets it', async () => {
  downloadDoes(`throw new Error('HTTP 503');`);
  await fetchAsAStartDoes(30_000);
  const failed = await installByHand();
  expect(failed.code).toBe(1);
  expect(failed.stderr).toMatch(/could not be fetched \(HTTP 503\)/);
  expect(failed.stderr).not.toContain('    at ');

  downloadDoes('');
  const done = await installByHand();
  expect(done).toMatchObject({ code: 0, stderr: expect.stringContaining('Electron is installed;') });
  expect(existsSync(join(clone, 'out/electron-not-fetched.json'))).toBe(false);
  expect((await installByHand()).stderr).toContain('installed already');
  expect(downloads()).toBe(3);
});
