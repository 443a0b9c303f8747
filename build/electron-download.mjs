// Runs under the program's own Node, started by electron-binary.mjs: downloads with progress into
// Electron's own cache, then has Electron's own installer check and unpack what lies there.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inRoot } from './paths.mjs';

// Whoever started us is gone: so is the wish for a download.
process.once('disconnect', () => process.exit(1));
process.channel?.unref();

const installer = inRoot('node_modules', 'electron', 'install.js');
const require = createRequire(installer);

try {
  const { downloadArtifact } = await import(pathToFileURL(require.resolve('@electron/get')).href);
  await downloadArtifact({
    version: require('./package.json').version,
    artifactName: 'electron',
    platform: process.env.ELECTRON_INSTALL_PLATFORM ?? process.platform,
    arch: process.env.ELECTRON_INSTALL_ARCH ?? process.arch,
    cacheRoot: process.env.electron_config_cache,
    checksums: require('./checksums.json'),
    downloadOptions: { quiet: true, getProgressCallback: showProgress() },
  });
  require(installer);
} catch (error) {
  await new Promise((resolve) => process.send?.(causeOf(error), resolve));
  process.exit(1);
}

/** On a terminal one line that counts; elsewhere a line every quarter. */
function showProgress() {
  let shown = -1;
  return async ({ percent, total }) => {
    const done = Math.floor(percent * 100);
    const step = process.stderr.isTTY ? 1 : 25;
    if (total === null || done < shown + step) return;
    shown = done - (done % step);
    const line = `scholium: ${shown} % of ${Math.round(total / 1e6)} MB`;
    process.stderr.write(process.stderr.isTTY ? `\r${line}${shown === 100 ? '\n' : ''}` : `${line}\n`);
  };
}

/** `fetch` hides behind "fetch failed" what a reader can act on. */
function causeOf(error) {
  const cause = error.cause ?? error;
  return String(cause.message || cause.code || cause).split('\n')[0];
}
