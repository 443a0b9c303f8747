import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

/** A clone that is installed and built, with a command line that prints what it was given. */
let clone: string;

beforeEach(async () => {
  clone = mkdtempSync(join(tmpdir(), 'scholium-start-'));
  cpSync(join(root, 'build'), join(clone, 'build'), { recursive: true });
  for (const folder of ['electron', 'renderer', 'shared']) mkdirSync(join(clone, folder));
  write('package.json', '{"type": "module"}');
  write('package-lock.json', '{"packages": {"": {}}}');
  write('node_modules/.package-lock.json', '{"packages": {}}');
  write('node_modules/electron/package.json', '{"version": "45.4.1"}');
  write('dist/backend/cli.js', 'console.log(JSON.stringify(process.argv.slice(2)));');
  const { fingerprint } = (await import(
    pathToFileURL(join(clone, 'build/freshness.mjs')).href
  )) as typeof import('../../../build/freshness.mjs');
  write('dist/stamp.json', JSON.stringify({ sources: fingerprint() }));
});

afterEach(() => rmSync(clone, { recursive: true }));

function write(name: string, text: string): void {
  const file = join(clone, name);
  mkdirSync(resolve(file, '..'), { recursive: true });
  writeFileSync(file, text);
}

function start(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  const child = spawn(process.execPath, [join(clone, 'build/start.mjs'), ...args], {
    // What a login from afar looks like on each system.
    env: { ...env, SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((done) => {
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
}

test('without a display the browser shell starts, after one sentence and no download', async () => {
  const { code, stdout, stderr } = await start('--library', 'a b.scholium');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual(['serve', '--library', 'a b.scholium']);
  expect(stderr).toBe('scholium: There is no display here; Scholium opens in the browser instead.\n');
  expect(existsSync(join(clone, 'out/electron-not-fetched.json'))).toBe(false);
});

test('--browser is the start’s own word, and needs no explanation', async () => {
  const { stdout, stderr } = await start('--browser', '--port', '8123', '--no-open');
  expect(JSON.parse(stdout)).toEqual(['serve', '--port', '8123', '--no-open']);
  expect(stderr).toBe('');
});
