import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

export interface BackendPaths {
  readonly libraryPath: string;
  readonly logsFolder: string;
  readonly secretsFolder: string;
}

/**
 * Where this user's library, logs and key file live: the platform's folders, or all below
 * `SCHOLIUM_DATA_FOLDER` where that is set (portable use, tests). Creates nothing.
 */
export function backendPaths(env: NodeJS.ProcessEnv): BackendPaths {
  const portable = env['SCHOLIUM_DATA_FOLDER'];
  if (portable) {
    const folder = resolve(portable);
    return {
      libraryPath: join(folder, libraryName),
      logsFolder: join(folder, 'logs'),
      secretsFolder: join(folder, 'secrets'),
    };
  }
  const folders = envPaths('scholium', { suffix: '' });
  return {
    libraryPath: join(folders.data, libraryName),
    logsFolder: folders.log,
    secretsFolder: folders.config,
  };
}

const libraryName = 'library.scholium';
