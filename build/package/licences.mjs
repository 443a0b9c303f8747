import fs from 'node:fs';
import path from 'node:path';
import { inRoot } from '../paths.mjs';

/** What is packed beside the bundles, and fonts, which no source map names. */
const unmapped = /^(better-sqlite3|@napi-rs\/keyring.*|@fontsource.*|katex)$/;

/**
 * The licences of everything of others that a package holds. What the bundles hold is read from their
 * source maps. Throws when there are none, or a package has no licence to pass on.
 */
export function licenceTexts() {
  const packages = new Set([...bundled(), ...installed().filter((name) => unmapped.test(name))]);
  const parts = [...packages].sort().map((name) => {
    const folder = inRoot('node_modules', name);
    const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const texts = fs
      .readdirSync(folder)
      .filter((file) => /^(licen[cs]e|copying|notice|ofl)\b/i.test(file))
      .map((file) => fs.readFileSync(path.join(folder, file), 'utf8').trim());
    if (texts.length === 0 && typeof license !== 'string') throw new Error(`${name} has no licence.`);
    return [`${name} ${version} (${license})`, ...texts].join('\n\n');
  });
  return `${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

function bundled() {
  const maps = fs.globSync('dist/**/*.map', { cwd: inRoot() });
  if (maps.length === 0) throw new Error('dist holds no source maps to read the licences from.');
  return maps
    .flatMap((map) => JSON.parse(fs.readFileSync(inRoot(map), 'utf8')).sources)
    .flatMap((source) => {
      const found = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source);
      return found ? [found[1]] : [];
    });
}

/** Every package below node_modules, by its name. */
function installed() {
  return fs
    .globSync(['node_modules/*/package.json', 'node_modules/@*/*/package.json'], { cwd: inRoot() })
    .map((file) => path.dirname(path.relative('node_modules', file)).replaceAll(path.sep, '/'));
}
