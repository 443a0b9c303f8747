import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isSandboxDropped } from '../../../electron/main/security/dropped-sandbox.ts';

const root = resolve(import.meta.dirname, '../../..');
const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'), { strict: true });

test('each system gets the packages its users expect', () => {
  expect(config.mac.target).toEqual(['dmg', 'zip']);
  expect(config.win.target).toEqual(['nsis']);
  expect(config.linux.target).toEqual(['AppImage', 'deb']);
});

type Association = Record<'ext' | 'rank', string>;
const ranks = (associations: Association[]) => associations.map(({ ext, rank }) => [ext, rank]);

test('a double click on a library opens it, on every system', () => {
  expect(ranks(config.fileAssociations)).toEqual([['scholium', 'Owner']]);
});

test('Markdown and Jupyter notebooks can be opened with Scholium, which takes them from no other program', () => {
  for (const { fileAssociations } of [config.mac, config.linux]) {
    expect(ranks(fileAssociations)).toEqual([
      ['md', 'Alternate'],
      ['ipynb', 'Alternate'],
    ]);
  }
  // The packager has no ranks for Windows: it would take every Markdown file.
  expect(config.win.fileAssociations).toBeUndefined();
  const installer = readFileSync(join(root, config.nsis.include), 'utf8');
  const offered = [...installer.matchAll(/WriteRegStr .*Classes\\(\.\w+)\\(\w+)"/g)];
  expect(offered.map(([, ext, key]) => [ext, key])).toEqual([
    ['.md', 'OpenWithProgids'],
    ['.ipynb', 'OpenWithProgids'],
  ]);
  for (const [, ext] of offered)
    expect(installer).toContain(`DeleteRegValue SHELL_CONTEXT "Software\\Classes\\${ext}`);
});

test('nothing is published and no update is looked for', () => {
  expect(config.publish).toBeNull();
});

test('macOS’s hardened runtime grants compiling code while it runs, and nothing else', () => {
  expect(config.mac.hardenedRuntime).toBe(true);
  expect(config.mac.entitlements).toBe(config.mac.entitlementsInherit);
  const entitlements = readFileSync(join(root, config.mac.entitlements), 'utf8');
  expect([...entitlements.matchAll(/<key>(.*)<\/key>/g)].map(([, key]) => key)).toEqual([
    'com.apple.security.cs.allow-jit',
  ]);
});

test('every file that the configuration names is there', () => {
  const icons = [config.mac.icon, config.win.icon].map((icon) => join('build/icons', icon));
  const named = [config.beforePack, config.afterPack, config.nsis.include, config.mac.entitlements, ...icons];
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

test('no package starts without the sandbox by itself', () => {
  expect(config.appImage.executableArgs).toEqual([]);
  expect(readFileSync(join(root, 'electron-builder.yml'), 'utf8').replace(/#.*$/gm, '')).not.toContain(
    'no-sandbox',
  );
});

const start = (isPackaged: boolean, ...switches: string[]) => ({
  isPackaged,
  commandLine: { hasSwitch: (name: string) => switches.includes(name) },
});

test('an AppImage whose launcher dropped the sandbox is noticed', () => {
  const env = { APPIMAGE: '/home/ada/Scholium.AppImage' };
  expect(isSandboxDropped(start(true, 'no-sandbox'), env)).toBe(true);
  expect(isSandboxDropped(start(true), env)).toBe(false);
  expect(isSandboxDropped(start(true, 'no-sandbox'), { ...env, SCHOLIUM_WITHOUT_SANDBOX: '1' })).toBe(false);
});

test('whoever gives --no-sandbox by hand elsewhere has asked for it', () => {
  expect(isSandboxDropped(start(true, 'no-sandbox'), {})).toBe(false);
  expect(isSandboxDropped(start(false, 'no-sandbox'), { APPIMAGE: 'x' })).toBe(false);
});
