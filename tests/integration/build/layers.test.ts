import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toolScript } from '../../../build/tools.mjs';

/**
 * A house of its own with the project's lint rules and one offender per file; linted once. An entry
 * whose message is null must be let through: a rule that forbids everything would pass otherwise.
 */
interface Sample {
  readonly file: string;
  readonly code: string;
  /** Part of the message that names the right place. */
  readonly message: string | null;
}

const forbidden: readonly Sample[] = [
  ...imports('shared/domain', 'shared runs in the window too', [
    'node:fs',
    'fs',
    'node:fs/promises',
    'path',
    'url',
  ]),
  ...imports('shared/domain', 'shared imports only itself', [
    '#backend/store/index.ts',
    '#server/index.ts',
    '#cli/index.ts',
    '#renderer/app/index.ts',
    '../../electron/backend/host.ts',
    '../../renderer/app/index.ts',
  ]),
  ...imports('shared/domain', 'This library needs Node', ['better-sqlite3', 'ws', 'undici']),
  ...imports('shared/domain', 'Interface libraries', ['react', 'zustand']),
  ...imports('renderer/app', 'The window has no Node', ['node:fs', 'fs', 'node:child_process', 'os']),
  ...imports('renderer/app', 'through renderer/client only', [
    '#backend/store/index.ts',
    '#server/index.ts',
    '#cli/index.ts',
    '../../electron/backend/host.ts',
  ]),
  ...imports('renderer/app', 'zod stays out of the window', ['zod', 'zod/mini']),
  ...imports('renderer/app', 'import it as a type', [
    '#shared/contract/index.ts',
    '../../shared/contract/index.ts',
  ]),
  ...imports('renderer/app', 'This library needs Node', ['better-sqlite3', 'ws', 'playwright-core']),
  ...imports('electron/backend/store', 'does not know its shells', [
    '#server/index.ts',
    '#cli/index.ts',
    '../../server/index.ts',
    '../../cli/index.ts',
    '../../main/index.ts',
    '../../preload/index.ts',
  ]),
  ...imports('electron/backend/store', 'behind the contract', [
    '#renderer/app/index.ts',
    '../../../renderer/app/index.ts',
  ]),
  ...imports('electron/backend/models/catalogue', 'does not know its shells', ['#server/index.ts']),
  ...imports('electron/server/http', 'SQLite belongs to', ['better-sqlite3']),
  ...imports('electron/server/http', 'never the other way round', ['#cli/index.ts', '../../cli/index.ts']),
  ...imports('electron/server/http', 'two shells never meet', ['../../main/index.ts']),
  ...imports('electron/server/http', 'two shells never meet', ['#main/index.ts', '#preload/index.ts']),
  ...imports('electron/main/security', 'two shells never meet', [
    '#server/index.ts',
    '#cli/index.ts',
    '../../server/index.ts',
  ]),
  ...imports('electron/main/security', 'main starts the backend by its path', [
    '#backend/backend.ts',
    '#library/door.ts',
    '#backend-process/index.ts',
    '../../backend/backend.ts',
    '../../library/door.ts',
    '../../backend-process/index.ts',
  ]),
  ...imports('electron/main', 'SQLite belongs to', ['better-sqlite3']),
  ...imports('electron/preload', 'has no Node', ['node:fs', 'fs']),
  ...imports('electron/preload', 'two shells never meet', ['#main/index.ts', '../main/index.ts']),
  ...imports('electron/backend-process', 'plain Node', ['electron', 'electron/main']),
  ...imports('electron/backend-process', 'two shells never meet', ['#server/index.ts', '#main/index.ts']),
  ...imports('electron/library', 'does not know the shells', ['#server/index.ts', '#main/index.ts']),
  ...imports('electron/window-files', 'served without the backend', ['#backend/backend.ts']),
  ...imports('electron/cli', 'SQLite belongs to', ['better-sqlite3']),
  ...imports('electron/cli', 'behind the contract', [
    '#renderer/app/index.ts',
    '../../renderer/app/index.ts',
  ]),
  ...[
    'shared/domain',
    'renderer/app',
    'electron/backend/store',
    'electron/server/http',
    'electron/cli',
  ].flatMap((folder) => [
    ...imports(folder, 'Only electron/backend/models talks', ['openai', 'openai/resources']),
    ...imports(folder, 'Only the Electron shell knows Electron', ['electron', 'electron/main']),
    ...imports(folder, 'never imports its tests', ['#tests/support/index.ts']),
  ]),
  ...imports('electron/backend/models/providers', 'Only the Electron shell knows Electron', ['electron']),
  ...[
    'declare const el: HTMLElement; el.innerHTML = "x";',
    'declare const el: HTMLElement; el.outerHTML = "x";',
    'declare const el: HTMLElement; el.insertAdjacentHTML("beforeend", "x");',
    'document.write("x");',
    'declare const range: Range; range.createContextualFragment("x");',
  ].map((code) => ({ file: 'renderer/app', code, message: 'renderer/markup/SafeHtml.tsx only' })),
  {
    file: 'renderer/app',
    code: 'export const Bad = () => <p dangerouslySetInnerHTML={{ __html: "x" }} />;',
    message: 'dangerouslySetInnerHTML',
  },
  {
    file: 'electron/backend/runs',
    code: 'async function run(): Promise<void> {}\nrun();',
    message: 'Promises must be awaited',
  },
  {
    file: 'shared/domain',
    code: 'declare const s: "a" | "b"; switch (s) { case "a": break; }',
    message: 'not exhaustive',
  },
  { file: 'shared/domain', code: 'export const x: any = 1;', message: 'any' },
];

const allowed: readonly Sample[] = [
  ...imports('shared/domain', null, ['zod', '#shared/domain/ids.ts', './ids.ts']),
  ...imports('renderer/app', null, [
    'react',
    '#shared/domain/ids.ts',
    '../client/index.ts',
    '../features/main/index.ts',
  ]),
  {
    file: 'renderer/app',
    code: "import type { Api } from '#shared/contract/index.ts';\nexport type A = Api;",
    message: null,
  },
  ...imports('electron/backend/store', null, ['node:fs', 'better-sqlite3', '#shared/domain/ids.ts']),
  ...imports('electron/backend/models/providers', null, ['openai', 'node:fs']),
  ...imports('electron/server/http', null, ['ws', 'node:http', '#backend/host.ts']),
  ...imports('electron/cli', null, ['#server/index.ts', '#backend/host.ts', 'commander']),
];

function imports(folder: string, message: string | null, specifiers: readonly string[]): Sample[] {
  return specifiers.map((specifier) => ({
    file: folder,
    code: `import thing from '${specifier}';\nexport const kept = thing;`,
    message,
  }));
}

const placed = [...forbidden, ...allowed].map((sample, index) => ({
  ...sample,
  file: `${sample.file}/sample-${index}.${sample.code.includes('<p ') ? 'tsx' : 'ts'}`,
}));

interface LintReport {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly message: string;
    readonly help?: string;
  }[];
}

const root = resolve(import.meta.dirname, '../../..');
let house: string;
let messages: ReadonlyMap<string, string>;

beforeAll(async () => {
  house = mkdtempSync(join(tmpdir(), 'scholium-layers-'));
  for (const copied of ['oxlint.config.ts', 'build/lint', 'package.json', 'tsconfig.base.json']) {
    cpSync(join(root, copied), join(house, copied), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'junction');
  writeFileSync(
    join(house, 'tsconfig.json'),
    JSON.stringify({
      extends: './tsconfig.base.json',
      compilerOptions: { lib: ['ES2024', 'DOM'], jsx: 'react-jsx' },
    }),
  );
  for (const { file, code } of placed) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), `${code}\n`);
  }
  messages = collect(await lint(house));
});

afterAll(() => rmSync(house, { recursive: true }));

function lint(folder: string): Promise<LintReport> {
  const script = toolScript('oxlint');
  if (script === null) throw new Error('oxlint is not among the tools');
  return new Promise((done, fail) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    // Findings make the exit code 1, so only the report tells whether the linter ran.
    execFile(
      process.execPath,
      [script, '--type-aware', '--format=json'],
      options,
      (error, stdout, stderr) => {
        if (stdout.startsWith('{')) done(JSON.parse(stdout) as LintReport);
        else fail(error ?? new Error(`The linter gave no report: ${stderr}`));
      },
    );
  });
}

function collect({ diagnostics }: LintReport): ReadonlyMap<string, string> {
  const byFile = new Map<string, string>();
  for (const { filename, message, help = '' } of diagnostics) {
    byFile.set(filename, `${byFile.get(filename) ?? ''}${message} ${help}\n`);
  }
  return byFile;
}

describe('the linter refuses, naming the right place:', () => {
  test.each(placed.filter(({ message }) => message !== null))('$file $code', ({ file, message }) => {
    expect(messages.get(file) ?? 'nothing was said').toContain(message);
  });
});

describe('the linter lets through:', () => {
  test.each(placed.filter(({ message }) => message === null))('$file $code', ({ file }) => {
    expect(messages.get(file) ?? '').not.toMatch(/restricted|shell|window|Node/i);
  });
});
