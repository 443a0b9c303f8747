import { findElectron, whyNoElectron } from '../support/electron-binary.ts';

/** Says once, in one line, what is not run and why; each of its tests counts as skipped. */
export default function sayKinds(): void {
  if (findElectron() === null) process.stdout.write(`e2e kind "electron" is skipped: ${whyNoElectron}\n`);
}
