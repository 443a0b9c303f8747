import envPaths from 'env-paths';
import { enableCompileCache } from 'node:module';
import { join, resolve } from 'node:path';

/**
 * Has Node keep what it compiled, so that the next start need not compile again. In this user's own
 * cache folder: Node's default lies where every user of the machine can write.
 */
export function keepCompiledCode(env: NodeJS.ProcessEnv): void {
  const portable = env['SCHOLIUM_DATA_FOLDER'];
  const folder = portable ? resolve(portable, 'cache') : envPaths('scholium', { suffix: '' }).cache;
  enableCompileCache(join(folder, 'compiled'));
}
