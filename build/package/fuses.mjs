import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';

/** What the installed program can still be made to do: nothing but run what was packed. */
export const fuses = /** @type {const} */ ({
  version: FuseVersion.V1,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
});

/** The names of those fuses that are not as `fuses` asks. @param {string} binary */
export async function wrongFuses(binary) {
  const wire = await getCurrentFuseWire(binary);
  return Object.entries(FuseV1Options)
    .filter(([name, index]) => Number.isNaN(Number(name)) && index in fuses)
    .filter(([, index]) => wire[index] !== (fuses[index] ? FuseState.ENABLE : FuseState.DISABLE))
    .map(([name]) => name);
}
