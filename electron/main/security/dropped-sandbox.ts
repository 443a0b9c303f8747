import type { App } from 'electron';

/**
 * Whether this start runs without Chromium's sandbox though nobody asked for that: an AppImage's own
 * launcher adds `--no-sandbox` where it finds no user namespaces, and says nothing.
 */
export function isSandboxDropped(
  app: { readonly isPackaged: boolean; readonly commandLine: Pick<App['commandLine'], 'hasSwitch'> },
  env: NodeJS.ProcessEnv,
): boolean {
  const isAppImage = app.isPackaged && Boolean(env['APPIMAGE']);
  return isAppImage && app.commandLine.hasSwitch('no-sandbox') && env['SCHOLIUM_WITHOUT_SANDBOX'] !== '1';
}
