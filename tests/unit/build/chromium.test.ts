import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findChromium } from '../../../build/chromium.mjs';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'scholium-chromium-'));
});

afterEach(() => rmSync(home, { recursive: true }));

function program(...parts: string[]): string {
  const file = join(home, ...parts);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

/** Windows keeps its programs below folders that its environment names, so nothing of this machine is met. */
const machine = (env: Record<string, string> = {}) => ({ env, platform: 'win32' as const, home });

test('a machine without any gives null', () => {
  expect(findChromium(machine())).toBeNull();
});

test('the one that is named comes before all others', () => {
  program('AppData/Local/ms-playwright/chromium-1255/chrome-win/chrome.exe');
  const named = program('elsewhere/my-chromium');
  expect(findChromium(machine({ SCHOLIUM_CHROMIUM: named }))).toBe(named);
});

test('a named one that is not there is not replaced by another', () => {
  program('AppData/Local/ms-playwright/chromium-1255/chrome-win/chrome.exe');
  expect(findChromium(machine({ SCHOLIUM_CHROMIUM: join(home, 'gone') }))).toBeNull();
});

test("Playwright's newest download comes before what is installed", () => {
  program('AppData/Local/ms-playwright/chromium-999/chrome-win/chrome.exe');
  const newest = program('AppData/Local/ms-playwright/chromium-1255/chrome-win64/chrome.exe');
  program('Programs/Google/Chrome/Application/chrome.exe');
  expect(findChromium(machine({ PROGRAMFILES: join(home, 'Programs') }))).toBe(newest);
});

test('Chrome comes before Edge', () => {
  program('Programs/Microsoft/Edge/Application/msedge.exe');
  const env = { PROGRAMFILES: join(home, 'Programs') };
  expect(findChromium(machine(env))).toContain('msedge.exe');
  const chrome = program('Programs/Google/Chrome/Application/chrome.exe');
  expect(findChromium(machine(env))).toBe(chrome);
});

test('one on the PATH is found, unless its folder is given relative to wherever we are', () => {
  const onPath = program('bin/chrome.exe');
  const env = { PATH: ['.', 'bin', join(home, 'bin')].join(delimiter) };
  expect(findChromium(machine(env))).toBe(onPath);
});
