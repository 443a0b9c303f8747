import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../../..');
const folder = join(root, '.github/workflows');

const step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const job = z.object({
  'runs-on': z.string().optional(),
  uses: z.string().optional(),
  needs: z.union([z.string(), z.array(z.string())]).optional(),
  'timeout-minutes': z.number().optional(),
  permissions: z.record(z.string(), z.string()).optional(),
  env: z.undefined().optional(),
  strategy: z.object({ matrix: z.object({ os: z.array(z.string()) }) }).optional(),
  steps: z.array(step).optional(),
});
const workflow = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  env: z.undefined().optional(),
  jobs: z.record(z.string(), job),
});

const workflows = new Map(
  readdirSync(folder).map((name) => [
    name,
    workflow.parse(parse(readFileSync(join(folder, name), 'utf8'), { version: '1.2', strict: true })),
  ]),
);
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const jobsOf = (name: string): [string, z.infer<typeof job>][] =>
  Object.entries(workflows.get(name)?.jobs ?? {});
const stepsOf = (name: string): z.infer<typeof step>[] =>
  jobsOf(name).flatMap(([, { steps }]) => steps ?? []);
const commandsOf = (name: string): string =>
  stepsOf(name)
    .flatMap(({ run }) => run ?? [])
    .join('\n');

test('there are workflows for tests, releases and known holes', () => {
  expect([...workflows.keys()].sort()).toEqual(['audit.yml', 'release.yml', 'test.yml']);
});

describe.each([...workflows.keys()])('%s', (name) => {
  test('calls only scripts that exist', () => {
    const commands = commandsOf(name);
    const called = [...commands.matchAll(/\bnpm (?:run (?:-\S+ )*([\w:-]+)|(test|start)\b)/g)];
    const missing = called.map(([, run, own]) => run ?? own ?? '').filter((script) => !(script in scripts));
    expect(missing).toEqual([]);
    const files = [...commands.matchAll(/\bnode ([\w./-]+\.[cm]?[jt]s)/g)].map(([, file]) => file ?? '');
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test('pins what it runs of others to one commit', () => {
    const used = [...stepsOf(name), ...jobsOf(name).map(([, value]) => value)].flatMap(
      ({ uses }) => uses ?? [],
    );
    expect(used.length).toBeGreaterThan(0);
    const loose = used.filter((use) => !/^[\w./-]+@[0-9a-f]{40}$/.test(use) && !existsSync(join(root, use)));
    expect(loose).toEqual([]);
  });

  test('may only read, except for a job that says what it writes; and no job runs for ever', () => {
    expect(workflows.get(name)?.permissions).toEqual({ contents: 'read' });
    for (const [, { uses, ...rest }] of jobsOf(name)) expect(uses ?? rest['timeout-minutes']).toBeDefined();
  });

  test('waits only for jobs it has', () => {
    const jobs = jobsOf(name);
    const needed = jobs.flatMap(([, { needs }]) => needs ?? []).flat();
    const ids = jobs.map(([id]) => id);
    expect(needed.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('installs without scripts of other people', () => {
    const installs = [...commandsOf(name).matchAll(/\bnpm (?:ci|install|i)\b.*/g)].map(([line]) => line);
    expect(installs.filter((line) => !line.includes('--ignore-scripts'))).toEqual([]);
  });

  test('writes nothing into a command that somebody else may have written', () => {
    const expressions = [...commandsOf(name).matchAll(/\$\{\{\s*([^}]+?)\s*\}\}/g)].map(([, text]) => text);
    const ours = ['github.server_url', 'github.repository'];
    expect(expressions.filter((text) => !ours.includes(text ?? ''))).toEqual([]);
  });
});

test('the tests run on Linux, macOS and Windows with the real Electron, its sandbox on', () => {
  const systems = workflows.get('test.yml')?.jobs['test']?.strategy?.matrix.os.map((os) => os.split('-')[0]);
  expect(systems).toEqual(['ubuntu', 'macos', 'windows']);
  const commands = commandsOf('test.yml');
  expect(commands).toMatch(/npm run electron:install[^]*xvfb-run --auto-servernum npm test/);
  expect(commands).not.toContain('no-sandbox');
});

test('the packaged app is tried on each of them, with its fuses set', () => {
  expect(commandsOf('test.yml')).toMatch(
    /npm run package -- --dir[^]*xvfb-run --auto-servernum npm run package:try\nnpm run package:try/,
  );
});

test('a release packs each system on both processors, only after its tests', () => {
  const { package: pack, test: tests } = workflows.get('release.yml')?.jobs ?? {};
  expect(pack?.needs).toBe('test');
  expect(tests?.uses).toBe('./.github/workflows/test.yml');
  expect(pack?.strategy?.matrix.os).toHaveLength(6);
});

test('secrets are seen by one step alone, and only draft releases are written', () => {
  const knowing = [...workflows.keys()].flatMap((name) =>
    stepsOf(name).filter((value) => JSON.stringify(value).includes('secrets.')),
  );
  expect(knowing.map(({ run }) => run)).toEqual([expect.stringContaining('npm run package')]);
  expect(commandsOf('release.yml')).toMatch(/sha256sum[^]*gh release create .*--draft/);
});
