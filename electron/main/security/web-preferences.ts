import type { WebPreferences } from 'electron';

/** Of every page this app opens, its windows' and the ones it prints. */
const isolated = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  // Its dictionaries would be downloaded.
  spellcheck: false,
} as const satisfies WebPreferences;

/** The window's: `preload` is an absolute path. */
export function windowPreferences(preload: string): WebPreferences {
  return { ...isolated, preload };
}

/** A page to be printed has no preload, a session of its own, and never runs in the background's slow lane. */
export function printPreferences(partition: string): WebPreferences {
  return { ...isolated, partition, backgroundThrottling: false };
}
