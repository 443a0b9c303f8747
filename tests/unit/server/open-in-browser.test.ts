import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { openerFor, openInBrowser } from '#server/browser/open-in-browser.ts';
import { writeRedirectFile } from '#server/browser/redirect-file.ts';
import { silentLog } from '#tests/support/silent-log.ts';

test('each system opens a file with its own program', () => {
  expect(openerFor('darwin', {})).toEqual(['open']);
  expect(openerFor('win32', {})?.[0]).toBe('rundll32.exe');
  expect(openerFor('linux', { DISPLAY: ':0' })).toEqual(['xdg-open']);
  expect(openerFor('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open']);
});

test('without a screen no browser is tried, and nothing is written for one', () => {
  const opening = openInBrowser('http://127.0.0.1:1/?token=x', {
    env: {},
    platform: 'linux',
    log: silentLog,
  });
  expect(opening.isTried).toBe(false);
  opening.cleanUp();
});

test('the file for the browser is readable by its owner alone, and removed afterwards', () => {
  const file = writeRedirectFile('http://127.0.0.1:1/?token="><script>alert(1)</script>');
  const text = readFileSync(file.path, 'utf8');
  if (process.platform !== 'win32') {
    expect(statSync(file.path).mode & 0o077).toBe(0);
    expect(statSync(dirname(file.path)).mode & 0o077).toBe(0);
  }
  expect(text).toContain('http-equiv="refresh"');
  expect(text).not.toContain('<script>');
  file.remove();
  expect(existsSync(dirname(file.path))).toBe(false);
});
