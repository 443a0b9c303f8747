import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Path of a Chromium that can print and be driven, or null. Looks at files only, starts nothing.
 * In this order: `SCHOLIUM_CHROMIUM`, Playwright's own, then Chrome, Chromium and Edge at their usual
 * places and on the PATH.
 *
 * @param {{ env?: NodeJS.ProcessEnv, platform?: NodeJS.Platform, home?: string }} [machine]
 * @returns {string | null}
 */
export function findChromium({ env = process.env, platform = process.platform, home = homedir() } = {}) {
  const named = env['SCHOLIUM_CHROMIUM'];
  if (named) return isProgram(named) ? named : null;
  for (const candidate of candidates(env, platform, home)) {
    if (isProgram(candidate)) return candidate;
  }
  return null;
}

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform @param {string} home */
function candidates(env, platform, home) {
  return [
    ...playwrightBrowsers(env, platform, home),
    ...usualPlaces(env, platform, home),
    ...onPath(env, platform),
  ];
}

/** Newest download first. @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform @param {string} home */
function playwrightBrowsers(env, platform, home) {
  const folder = env['PLAYWRIGHT_BROWSERS_PATH'] || playwrightFolder(env, platform, home);
  const revisions = foldersIn(folder)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort((a, b) => Number(b.slice('chromium-'.length)) - Number(a.slice('chromium-'.length)));
  return revisions.flatMap((revision) => insideDownload(path.join(folder, revision), platform));
}

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform @param {string} home */
function playwrightFolder(env, platform, home) {
  if (platform === 'darwin') return path.join(home, 'Library', 'Caches', 'ms-playwright');
  if (platform === 'win32') {
    return path.join(env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'ms-playwright');
  }
  return path.join(env['XDG_CACHE_HOME'] ?? path.join(home, '.cache'), 'ms-playwright');
}

/** @param {string} folder @param {NodeJS.Platform} platform */
function insideDownload(folder, platform) {
  const programs =
    platform === 'darwin'
      ? [
          'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
          'Chromium.app/Contents/MacOS/Chromium',
        ]
      : platform === 'win32'
        ? ['chrome.exe']
        : ['chrome'];
  return foldersIn(folder).flatMap((build) => programs.map((program) => path.join(folder, build, program)));
}

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform @param {string} home */
function usualPlaces(env, platform, home) {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
      (name) => `Applications/${name}.app/Contents/MacOS/${name}`,
    );
    return ['/', home].flatMap((base) => apps.map((app) => path.join(base, app)));
  }
  if (platform === 'win32') {
    const bases = [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']];
    const apps = [
      'Google/Chrome/Application/chrome.exe',
      'Chromium/Application/chrome.exe',
      'Microsoft/Edge/Application/msedge.exe',
    ];
    return bases.flatMap((base) => (base ? apps.map((app) => path.join(base, app)) : []));
  }
  return [
    '/opt/google/chrome/chrome',
    '/usr/bin/google-chrome',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/opt/microsoft/msedge/msedge',
    '/snap/bin/chromium',
  ];
}

/** @param {NodeJS.ProcessEnv} env @param {NodeJS.Platform} platform */
function onPath(env, platform) {
  const names =
    platform === 'win32'
      ? ['chrome.exe', 'chromium.exe', 'msedge.exe']
      : ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

/** @param {string} folder */
function foldersIn(folder) {
  try {
    return readdirSync(folder);
  } catch {
    // Absent or unreadable: nothing to be found there.
    return [];
  }
}

/** @param {string} file */
function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
