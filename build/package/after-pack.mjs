// The electron-builder hook after files are gathered, before anything is signed.
import path from 'node:path';
import { flipFuses } from '@electron/fuses';
import { fuses, wrongFuses } from './fuses.mjs';

/**
 * Sets the fuses and reads them back.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const binary = programIn(appOutDir, electronPlatformName, packager);
  await flipFuses(binary, {
    ...fuses,
    // Changing the program breaks the signature that Apple's processors ask of every program.
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
  });
  const wrong = await wrongFuses(binary);
  if (wrong.length > 0)
    throw new Error(`These fuses of ${binary} are not set as asked: ${wrong.join(', ')}.`);
}

function programIn(folder, platform, packager) {
  const name = packager.appInfo.productFilename;
  if (platform === 'darwin') return path.join(folder, `${name}.app`);
  if (platform === 'win32') return path.join(folder, `${name}.exe`);
  return path.join(folder, packager.executableName);
}
