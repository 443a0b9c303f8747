import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `dist`, seen from the built program in `dist/main`. */
const dist = new URL('../', import.meta.url);

export const windowFolder: string = fileURLToPath(new URL('renderer/', dist));
export const preloadFile: string = fileURLToPath(new URL('preload/index.cjs', dist));
/** Started by its path: nothing of the backend is loaded into this process. */
export const backendEntry: string = fileURLToPath(new URL('backend/backend-process.js', dist));

/**
 * Where Chromium and this process keep what belongs to windows. Starts with another folder are starts
 * of another Scholium: they do not meet.
 */
export function windowDataFolder(env: NodeJS.ProcessEnv, appData: string): string {
  const portable = env['SCHOLIUM_DATA_FOLDER'];
  return portable ? join(resolve(portable), 'window') : join(appData, 'scholium', 'window');
}
