import { extractAll, getRawHeader, listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, posix, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureBuilt } from '../../../build/build.mjs';
import { wrongFuses } from '../../../build/package/fuses.mjs';
import { writeElectronDistribution } from '#tests/support/electron-distribution.ts';

const root = resolve(import.meta.dirname, '../../..');
const target = `${process.platform}-${process.arch}`;
const maximumBytes = 25 * 1024 * 1024;

let folder: string;
/** `linux-unpacked` or `linux-arm64-unpacked`. */
let app: string;
let archive: string;
/** The archive's files, with forward slashes and none in front. */
let packed: string[];

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly output: string;
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Ended> {
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    output += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((done) => {
    child.once('close', (code) => done({ code, stdout, output }));
  });
}

// Native files for Linux are installed on Linux alone; other systems package for real in their workflow.
describe.runIf(process.platform === 'linux')('the Linux package', () => {
  beforeAll(async () => {
    await ensureBuilt(process.execPath);
    folder = mkdtempSync(join(tmpdir(), 'scholium-package-'));
    const electron = join(folder, 'electron');
    const { version } = JSON.parse(
      readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'),
    ) as {
      version: string;
    };
    await writeElectronDistribution(electron, version);
    const packages = join(folder, 'packages');
    const { code, output } = await run([
      join(root, 'build/package.mjs'),
      '--linux',
      '--dir',
      `-c.electronDist=${electron}`,
      `-c.directories.output=${packages}`,
    ]);
    if (code !== 0) throw new Error(output);
    app = join(packages, readdirSync(packages).find((name) => /^linux.*unpacked$/.test(name)) ?? '');
    archive = join(app, 'resources/app.asar');
    packed = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/').slice(1));
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe('the archive', () => {
    test('holds the built program, and neither sources nor tests, maps or tools', () => {
      expect(packed).toEqual(
        expect.arrayContaining([
          'package.json',
          'LICENSE',
          'dist/main/index.js',
          'dist/preload/index.cjs',
          'dist/backend/backend-process.js',
          'dist/renderer/index.html',
          'dist/assets-print/print.css',
        ]),
      );
      const places = packed.filter((file) => /\.\w+$/.test(file)).map((file) => file.split('/')[0] ?? '');
      expect(new Set(places)).toEqual(new Set(['package.json', 'dist', 'node_modules']));
      expect(packed.filter((file) => /\.(map|tsx?|mts|cts)$|(^|\/)tests?(\/|$)|\.env/.test(file))).toEqual(
        [],
      );
    });

    test('holds of other packages only what cannot be bundled', () => {
      const packages = packed.flatMap(
        (file) => /^node_modules\/((?:@[^/]+\/)?[^/@]+)$/.exec(file)?.[1] ?? [],
      );
      expect(packages.filter((name) => !name.startsWith('@napi-rs/keyring-'))).toEqual(
        expect.arrayContaining(['better-sqlite3', '@napi-rs/keyring']),
      );
      const foreign = packages.filter((name) => !/^(better-sqlite3|@napi-rs(\/keyring.*)?)$/.test(name));
      expect(foreign).toEqual([]);
    });

    test('holds every worker, and whatever its programs import', () => {
      const programs = packed.filter((file) => /^dist\/(main|backend)\/.*\.js$/.test(file));
      expect(programs.filter((file) => file.endsWith('-worker.js')).length).toBeGreaterThan(1);
      const extracted = join(folder, 'extracted-for-imports');
      extractAll(archive, extracted);
      const missing = programs.flatMap((file) => {
        const text = readFileSync(join(extracted, file), 'utf8');
        const names = [...text.matchAll(/^(?:import|export)\b[^'"\n]*?['"]([^'"\n]+)['"];?$/gm)];
        return names
          .flatMap(([, name]) => name ?? [])
          .filter((name) => !isBuiltin(name) && name !== 'electron')
          .map((name) =>
            name.startsWith('.') ? posix.join(posix.dirname(file), name) : `node_modules/${name}`,
          )
          .filter((place) => !packed.includes(place));
      });
      expect(missing).toEqual([]);
    });

    test('knows the hash of each of its files', () => {
      const { header } = getRawHeader(archive);
      expect(JSON.stringify(header)).toContain('"integrity":{"algorithm":"SHA256"');
      const main = header.files['dist'];
      if (main === undefined || !('files' in main)) throw new Error('There is no dist in the archive.');
      expect(main.files['main']).toMatchObject({
        files: { 'index.js': { integrity: { algorithm: 'SHA256' } } },
      });
    });

    test('has its fonts as woff2 only', () => {
      expect(packed.filter((file) => /\.(ttf|otf|woff|eot)$/.test(file))).toEqual([]);
      expect(packed.filter((file) => file.endsWith('.woff2')).length).toBeGreaterThan(20);
    });
  });

  test('only native files lie outside of the archive, and only those for this machine', () => {
    const unpacked = globSync('**/*', { cwd: `${archive}.unpacked` })
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => statSync(join(`${archive}.unpacked`, file)).isFile());
    expect(unpacked).toEqual(
      expect.arrayContaining([`node_modules/better-sqlite3/prebuilds/${target}.node`]),
    );
    expect(unpacked.every((file) => file.endsWith('.node'))).toBe(true);
    const keyring = unpacked.filter((file) => file.includes('@napi-rs/'));
    expect(keyring).toEqual([expect.stringContaining(`keyring-${target}`)]);
    expect(unpacked).toHaveLength(2);
  });

  test('the fuses are set: the program runs what was packed, and nothing else', async () => {
    const fuses = await getCurrentFuseWire(join(app, 'scholium'));
    expect(fuses).toMatchObject({
      [FuseV1Options.RunAsNode]: FuseState.DISABLE,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: FuseState.DISABLE,
      [FuseV1Options.EnableNodeCliInspectArguments]: FuseState.DISABLE,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: FuseState.DISABLE,
      [FuseV1Options.EnableCookieEncryption]: FuseState.ENABLE,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: FuseState.ENABLE,
      [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.ENABLE,
    });
  });

  test('a fuse that is not set as asked is noticed', async () => {
    expect(await wrongFuses(join(app, 'scholium'))).toEqual([]);
    const asDelivered = await wrongFuses(join(folder, 'electron', 'electron'));
    expect(asDelivered).toContain('RunAsNode');
    expect(asDelivered).toContain('OnlyLoadAppFromAsar');
  });

  test('a package for a machine whose native files are not here is refused, not made without them', async () => {
    const { code, output } = await run([
      join(root, 'build/package.mjs'),
      '--mac',
      '--dir',
      `-c.directories.output=${join(folder, 'for-another')}`,
      '-c.electronDist=/nowhere',
    ]);
    expect(code).not.toBe(0);
    expect(output).toMatch(/keyring has no binary for darwin-\w+ here\. Package on a machine of that kind/);
  });

  test('of Chromium’s languages only the window’s own is kept', () => {
    expect(readdirSync(join(app, 'locales'))).toEqual(['en-US.pak']);
  });

  test('the licences of everything that is passed on come along', () => {
    const licences = readFileSync(join(app, 'resources/licences.txt'), 'utf8');
    for (const name of ['react ', 'katex ', 'better-sqlite3 ', '@napi-rs/keyring ', 'lucide-react '])
      expect(licences).toMatch(new RegExp(`^${name}\\d`, 'm'));
    expect(licences).toMatch(/^@fontsource-variable\/source-serif-4 \d[^]*SIL OPEN FONT LICENSE/im);
    expect(licences).not.toMatch(/^(vite|typescript|playwright-core) \d/m);
  });

  test('without Electron itself, the app takes at most 25 MB', () => {
    const resources = join(app, 'resources');
    const bytes = globSync('**/*', { cwd: resources })
      .map((file) => statSync(join(resources, file)))
      .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThanOrEqual(maximumBytes);
  });

  test('the packaged backend opens a library and answers a window, with nothing but the package around it', async () => {
    const extracted = join(folder, 'extracted');
    extractAll(archive, extracted);
    const driver = join(root, 'tests/support/packaged-backend.ts');
    const library = join(folder, 'library.scholium');
    const env = { ...process.env, SCHOLIUM_DATA_FOLDER: join(folder, 'data') };
    const { code, stdout, output } = await run([driver, extracted, library], env);
    expect(output).not.toContain('Error');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(['Welcome to Scholium']);
    expect(dirname(library)).toBe(folder);
    expect(statSync(library).size).toBeGreaterThan(0);
  });
});
