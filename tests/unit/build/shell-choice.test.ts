import { describe, expect, test, vi } from 'vitest';
import { chooseShell } from '../../../build/shell-choice.mjs';
import type { Fetched, Machine } from '../../../build/shell-choice.mjs';

const installed = '/app/node_modules/electron/dist/electron';

/** A Linux desk with a display, user namespaces and Electron in place, unless told otherwise. */
function machine(changes: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    env: { DISPLAY: ':0' },
    isRoot: false,
    kernelSetting: () => null,
    findElectron: () => installed,
    ownsSetuid: () => false,
    rememberedFailure: () => null,
    fetchElectron: vi.fn<Machine['fetchElectron']>(() => Promise.reject(new Error('nobody asked for it'))),
    ...changes,
  };
}

const settings =
  (values: Record<string, string>) =>
  (name: string): string | null =>
    values[name] ?? null;

const appArmor = settings({ 'kernel/apparmor_restrict_unprivileged_userns': '1' });

test('where Electron is installed, its window opens', async () => {
  expect(await chooseShell([], machine())).toEqual({ kind: 'desktop', binary: installed });
});

test('options of the desktop window leave the choice as it is', async () => {
  expect(await chooseShell(['--library', 'a.scholium'], machine())).toMatchObject({ kind: 'desktop' });
});

test.each([['--browser'], ['--no-open'], ['--json'], ['--port', '8000'], ['--port=8000']])(
  '%s asks for the browser, and needs no explanation',
  async (...args) => {
    expect(await chooseShell(args, machine())).toEqual({ kind: 'browser', why: null });
  },
);

describe('where Electron could not run, nothing is downloaded and one sentence says why', () => {
  const nothing: Partial<Machine> = { findElectron: () => null };
  test.each<[string, Partial<Machine>, RegExp]>([
    ['no display on Linux', { env: {} }, /^There is no display/],
    [
      'macOS through ssh',
      { platform: 'darwin', env: { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' } },
      /no display/,
    ],
    ['the user root', { isRoot: true }, /for the user root/],
    ['AppArmor of Ubuntu 24.04', { kernelSetting: appArmor }, /^AppArmor keeps Electron's sandbox/],
    [
      'a kernel without user namespaces',
      { kernelSetting: settings({ 'user/max_user_namespaces': '0' }) },
      /^this kernel’s settings keep/,
    ],
    [
      'a Debian with user namespaces switched off',
      { kernelSetting: settings({ 'kernel/unprivileged_userns_clone': '0' }) },
      /^this kernel’s settings keep/,
    ],
  ])('%s', async (_name, changes, why) => {
    const here = machine({ ...nothing, ...changes });
    const shell = await chooseShell([], here);
    expect(shell).toMatchObject({ kind: 'browser', why: expect.stringMatching(why) });
    expect(shell).toMatchObject({ why: expect.stringContaining('opens in the browser instead') });
    expect(here.fetchElectron).not.toHaveBeenCalled();
  });
});

test('Wayland alone is a display', async () => {
  expect(await chooseShell([], machine({ env: { WAYLAND_DISPLAY: 'wayland-0' } }))).toMatchObject({
    kind: 'desktop',
  });
});

test('with its helper owned by root and setuid, the sandbox starts in spite of AppArmor', async () => {
  const asked: string[] = [];
  const ownsSetuid = (file: string): boolean => {
    asked.push(file);
    return true;
  };
  const shell = await chooseShell([], machine({ kernelSetting: appArmor, ownsSetuid }));
  expect(shell).toMatchObject({ kind: 'desktop' });
  expect(asked).toEqual([expect.stringMatching(/[\\/]electron[\\/]dist[\\/]chrome-sandbox$/)]);
});

test.each(['darwin', 'win32'] as const)('%s has its own sandbox and needs neither', async (platform) => {
  const here = machine({ platform, env: {}, isRoot: true, kernelSetting: appArmor });
  expect(await chooseShell([], here)).toMatchObject({ kind: 'desktop' });
});

describe('where Electron is not installed', () => {
  const absent = { findElectron: () => null };

  test('it is fetched, and its window opens', async () => {
    const fetched: Fetched = { kind: 'fetched', binary: '/fetched' };
    const here = machine({ ...absent, fetchElectron: () => Promise.resolve(fetched) });
    expect(await chooseShell([], here)).toEqual({ kind: 'desktop', binary: '/fetched' });
  });

  test('and cannot be fetched, the browser opens and the way to try again is named', async () => {
    const failed: Fetched = { kind: 'failed', reason: 'getaddrinfo ENOTFOUND github.com' };
    const here = machine({ ...absent, fetchElectron: () => Promise.resolve(failed) });
    expect(await chooseShell([], here)).toEqual({
      kind: 'browser',
      why: expect.stringMatching(/could not be fetched \(.*ENOTFOUND.*electron:install` tries again\.$/),
    });
  });

  test('and could not be fetched before, no start tries by itself again', async () => {
    const here = machine({ ...absent, rememberedFailure: () => 'not done within 60 s, 2026-11-23' });
    const shell = await chooseShell([], here);
    expect(shell).toMatchObject({ kind: 'browser', why: expect.stringContaining('2026-11-23') });
    expect(here.fetchElectron).not.toHaveBeenCalled();
  });
});

test('what was remembered is forgotten once Electron is there', async () => {
  const here = machine({ rememberedFailure: () => 'not done within 60 s' });
  expect(await chooseShell([], here)).toMatchObject({ kind: 'desktop' });
});
