import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onwardPage } from '../http/pages.ts';

export interface RedirectFile {
  readonly path: string;
  remove(): void;
}

/**
 * A page that leads to `url`, readable by this user alone. Programs' arguments show in `ps` to every
 * user of the machine: the browser is given this file's name instead of the token.
 */
export function writeRedirectFile(url: string): RedirectFile {
  const folder = mkdtempSync(join(tmpdir(), 'scholium-open-'));
  const path = join(folder, 'scholium.html');
  writeFileSync(path, onwardPage(url), { mode: 0o600 });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
