// The electron-builder hook before files are gathered.
import fs from 'node:fs';
import { Arch } from 'electron-builder';
import { inRoot } from '../paths.mjs';
import { licenceTexts } from './licences.mjs';

/**
 * npm installs native packages for the machine it runs on. A package for another machine would be made
 * without a word, and could not open a library.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export default function beforePack({ electronPlatformName: platform, arch }) {
  const target = `${platform}-${Arch[arch]}`;
  const missing = [
    ...(hasSqlite(target) ? [] : ['better-sqlite3']),
    ...(hasKeyring(target) ? [] : ['@napi-rs/keyring']),
  ];
  if (missing.length > 0) {
    throw new Error(
      `${missing.join(' and ')} ${missing.length === 1 ? 'has' : 'have'} no binary for ${target} here. ` +
        'Package on a machine of that kind, as .github/workflows/release.yml does.',
    );
  }
  fs.mkdirSync(inRoot('out', 'package'), { recursive: true });
  fs.writeFileSync(inRoot('out', 'package', 'licences.txt'), licenceTexts());
}

const hasSqlite = (target) =>
  fs.existsSync(inRoot('node_modules', 'better-sqlite3', 'prebuilds', `${target}.node`));

const hasKeyring = (target) =>
  fs.readdirSync(inRoot('node_modules', '@napi-rs')).some((name) => name.startsWith(`keyring-${target}`));
