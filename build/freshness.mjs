import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { inRoot, root } from './paths.mjs';

/** Everything the build reads. */
const inputs = ['build', 'electron', 'renderer', 'shared', 'package.json', 'package-lock.json'];
const stampFile = inRoot('dist', 'stamp.json');

/** Whether `dist` was built from the sources as they lie there now. */
export function isBuilt() {
  try {
    return JSON.parse(fs.readFileSync(stampFile, 'utf8')).sources === fingerprint();
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return false;
    throw error;
  }
}

export function writeStamp(folder, sources) {
  fs.writeFileSync(path.join(folder, 'stamp.json'), `${JSON.stringify({ sources })}\n`);
}

/**
 * A digest of every source's path, size and time of change. The times as such, not the newest of
 * them: a file put back from yesterday is a change as well.
 */
export function fingerprint(folder = root, places = inputs) {
  const hash = createHash('sha256');
  for (const place of places) addToHash(hash, folder, place);
  return hash.digest('hex');
}

function addToHash(hash, folder, place) {
  const full = path.join(folder, place);
  const stat = fs.statSync(full);
  if (!stat.isDirectory()) {
    hash.update(`${place}\0${stat.size}\0${stat.mtimeMs}\n`);
    return;
  }
  for (const name of fs.readdirSync(full).sort()) addToHash(hash, folder, `${place}/${name}`);
}
