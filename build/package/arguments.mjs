/**
 * What electron-builder is told beyond its configuration, and what to say about it.
 *
 * @param {string[]} given
 * @param {{ platform: NodeJS.Platform, env: NodeJS.ProcessEnv, hasHomepage: boolean }} machine
 */
export function packageArguments(given, { platform, env, hasHomepage }) {
  /** @type {string[]} */
  const args = [];
  /** @type {string[]} */
  const remarks = [];
  const isDir = given.includes('--dir');
  const namesTarget = given.some((arg) => /^--?(linux|mac|win|windows|macos|[lmw])$/.test(arg));
  if (platform === 'linux' && !hasHomepage && !isDir && !namesTarget) {
    args.push('--linux', 'AppImage');
    remarks.push('package.json names no homepage, which a .deb must have: only the AppImage is made.');
  }
  if (isSigned(platform, env)) args.push('-c.forceCodeSigning=true');
  else {
    remarks.push('the packages are not signed: no certificate is named in the environment.');
    // Else the first certificate found in somebody's keychain would sign.
    if (platform === 'darwin') args.push('-c.mac.identity=null');
  }
  if (platform === 'darwin' && isSigned(platform, env) && isNotarised(env)) args.push('-c.mac.notarize=true');
  else if (platform === 'darwin') args.push('-c.mac.notarize=false');
  return { args: [...args, '--publish', 'never', ...given], remarks };
}

/** @param {NodeJS.Platform} platform @param {NodeJS.ProcessEnv} env */
function isSigned(platform, env) {
  if (platform === 'darwin') return Boolean(env['CSC_LINK'] || env['CSC_NAME']);
  if (platform === 'win32') return Boolean(env['WIN_CSC_LINK'] || env['CSC_LINK']);
  return false;
}

/** @param {NodeJS.ProcessEnv} env */
function isNotarised(env) {
  return ['APPLE_API_KEY', 'APPLE_API_KEY_ID', 'APPLE_API_ISSUER'].every((name) => env[name]);
}
