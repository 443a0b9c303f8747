import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');

test('files named to `npm run scholium` are looked for where npm was called, not where it goes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scholium-called-'));
  try {
    writeFileSync(join(folder, 'here.md'), '::: problem\n$1+1$\n:::\n');
    const args = [join(root, 'build/scholium.mjs'), 'run', 'here.md', '--cell', '2'];
    const ended = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        SCHOLIUM_DATA_FOLDER: folder,
        npm_lifecycle_event: 'scholium',
        INIT_CWD: folder,
      },
    });
    expect(ended.stderr).toContain('There is no problem 2');
    expect(ended.status).toBe(2);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
