import { globSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../../build/build.mjs';

const root = resolve(import.meta.dirname, '../../..');
const dist = join(root, 'dist');
const inDist = (pattern: string): string[] =>
  globSync(pattern, { cwd: dist }).map((file) => join(dist, file));
const textOf = (file: string): string => readFileSync(file, 'utf8');

beforeAll(() => ensureBuilt(process.execPath), 120_000);

describe('the backend as built', () => {
  const leftOutside = new Set(['better-sqlite3', '@napi-rs/keyring', 'playwright-core']);

  test('imports nothing but Node, its own chunks and three packages: no Electron, nothing forgotten', () => {
    const bundles = inDist('backend/*.js');
    expect(bundles.map((file) => basename(file))).toContain('cli.js');
    const imported = bundles.flatMap((file) =>
      [...textOf(file).matchAll(/^(?:import|export)\b[^'"\n]*?['"]([^'"\n]+)['"];?$/gm)].flatMap(
        ([, name]) => name ?? [],
      ),
    );
    expect(imported).toContain('better-sqlite3');
    const strangers = imported.filter(
      (name) => !isBuiltin(name) && !leftOutside.has(name) && !/^\.\/[\w.-]+\.js$/.test(name),
    );
    expect(strangers).toEqual([]);
  });

  test('has every worker of the sources beside it, under the same name', () => {
    const wanted = globSync('electron/backend/**/*-worker.ts', { cwd: root }).map((file) =>
      basename(file, '.ts'),
    );
    expect(wanted.length).toBeGreaterThan(0);
    const built = readdirSync(join(dist, 'backend'));
    for (const name of wanted) expect(built).toContain(`${name}.js`);
  });
});

describe('the window as built', () => {
  test('names no other host, and puts nothing inline that its security policy forbids', () => {
    const page = textOf(join(dist, 'renderer/index.html'));
    expect(page).toContain('<script type="module"');
    expect(page).not.toMatch(/<script(?![^>]*\bsrc=)/);
    expect(page).not.toMatch(/\b(?:src|href)="(?:https?:)?\/\//);
    for (const sheet of inDist('renderer/**/*.css'))
      expect(textOf(sheet)).not.toMatch(/url\(["']?(?:data:font|https?:)/);
  });

  test('carries no zod', () => {
    const scripts = inDist('renderer/**/*.js');
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) expect(textOf(script)).not.toMatch(/\bZodError\b|\$ZodType\b/);
  });

  test('has its fonts as woff2 only, the formulas’ fonts among them', () => {
    const fonts = inDist('renderer/**/*.{woff2,woff,ttf,otf,eot}').map((file) => basename(file));
    expect(fonts.filter((name) => name.startsWith('KaTeX_Main'))).not.toEqual([]);
    expect(fonts.filter((name) => !name.endsWith('.woff2'))).toEqual([]);
  });
});

describe('the printing assets as built', () => {
  test('are one stylesheet whose every font lies beside it', () => {
    const folder = join(dist, 'assets-print');
    const sheet = textOf(join(folder, 'print.css'));
    const named = [...sheet.matchAll(/url\(["']?([^"')]+)["']?\)/g)].flatMap(([, address]) => address ?? []);
    expect(named.length).toBeGreaterThan(0);
    const present = readdirSync(folder);
    for (const address of named) expect(present).toContain(address.replace(/^\.\//, ''));
    expect(named.filter((address) => !address.endsWith('.woff2'))).toEqual([]);
  });
});
