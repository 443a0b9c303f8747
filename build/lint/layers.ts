/**
 * DESIGN's table of who may import whom, as patterns for `no-restricted-imports`. Each room is
 * guarded against its alias (`#backend/…`), relative paths (`../../electron/backend/…`) and packages.
 */
export interface Ban {
  readonly regex: string;
  readonly message: string;
  /** Types vanish in the build, so some bans are about values only. */
  readonly allowTypeImports?: boolean;
}

interface Layer {
  readonly files: string[];
  readonly bans: Ban[];
}

/** Node's own modules, with and without `node:`. */
const nodeModules =
  '^node:|^(assert|async_hooks|buffer|child_process|cluster|crypto|dgram|dns|events|fs|http|http2|https|module|net|os|path|perf_hooks|process|readline|stream|string_decoder|timers|tls|tty|url|util|v8|vm|worker_threads|zlib)(/|$)';

const room = (alias: string, folder: string): string => `^#${alias}/|^\\.{1,2}/(.*/)?${folder}/`;
const backend = room('backend', '(electron/)?backend');
const library = '^#library/|^\\.{1,2}/(.*/)?electron/library/|^(\\.\\./)+library/';
const server = room('server', '(electron/)?server');
const shell = room('(main|preload|backend-process)', '(electron/)?(main|preload|backend-process)');
const cli = room('cli', '(electron/)?cli');
const renderer = room('renderer', 'renderer');

const noElectron: Ban = {
  regex: '^electron(/|$)',
  message: 'Only the Electron shell knows Electron. Ask the shell through `Host` (electron/backend/host.ts).',
};
const noOpenai: Ban = {
  regex: '^openai(/|$)',
  message: 'Only electron/backend/models talks to model servers. Use createModels().',
};
const noTests: Ban = { regex: room('tests', 'tests'), message: 'The program never imports its tests.' };
const noReact: Ban = {
  regex: '^(react|react-dom|radix-ui|zustand|@codemirror|lucide-react)(/|$)',
  message: 'Interface libraries belong in renderer.',
};
const noRenderer: Ban = {
  regex: renderer,
  message: 'The window is behind the contract. What both need goes to shared.',
};
const noDatabase: Ban = {
  regex: '^better-sqlite3(/|$)',
  message: 'SQLite belongs to electron/backend/store and the nouns beside it. Use their exported functions.',
};

const shellsNeverMeet =
  'The two shells never meet. What both need goes to electron/library or electron/window-files.';

export const layers: readonly Layer[] = [
  {
    files: ['shared/**'],
    bans: [
      {
        regex: nodeModules,
        message: 'shared runs in the window too: no Node here. Put it in electron/backend.',
      },
      {
        regex: `${room('(backend|server|cli|library|window-files|main|preload|backend-process)', 'electron')}|${renderer}`,
        message: 'shared imports only itself and pure libraries. Move what it needs into shared.',
      },
      {
        regex: '^(better-sqlite3|ws|undici|playwright-core|commander|cli-progress|env-paths|@napi-rs)(/|$)',
        message: 'This library needs Node. Use it in electron/backend or a shell.',
      },
      noElectron,
      noOpenai,
      noReact,
      noTests,
    ],
  },
  {
    files: ['renderer/**'],
    bans: [
      { regex: nodeModules, message: 'The window has no Node. Ask the backend through renderer/client.' },
      {
        regex: room('(backend|server|cli|library|window-files|main|preload|backend-process)', 'electron'),
        message: 'The window reaches the backend through renderer/client only; shared types are in #shared.',
      },
      {
        regex: '^zod(/|$)',
        message: 'The backend checks input; zod stays out of the window. Import types from #shared.',
      },
      {
        regex: room('shared/contract', 'shared/contract'),
        allowTypeImports: true,
        message: 'The contract brings zod along: import it as a type (`import type …`).',
      },
      {
        regex: '^(better-sqlite3|ws|undici|playwright-core|commander|cli-progress|env-paths|@napi-rs)(/|$)',
        message: 'This library needs Node. Ask the backend through renderer/client.',
      },
      noElectron,
      noOpenai,
      noTests,
    ],
  },
  {
    files: ['electron/backend/**'],
    bans: [noElectron, noOpenai, noRenderer, noReact, noTests, shellFromBackend()],
  },
  {
    // The one folder that may import `openai`.
    files: ['electron/backend/models/**'],
    bans: [noElectron, noRenderer, noReact, noTests, shellFromBackend()],
  },
  {
    files: ['electron/server/**'],
    bans: [
      noElectron,
      noOpenai,
      noDatabase,
      noRenderer,
      noReact,
      noTests,
      { regex: cli, message: 'The command line starts the server, never the other way round.' },
      {
        regex: shell,
        message:
          'The two shells never meet. What both need goes to electron/library or electron/window-files.',
      },
    ],
  },
  {
    files: ['electron/cli/**'],
    bans: [noElectron, noOpenai, noDatabase, noRenderer, noReact, noTests],
  },
  {
    // What shells share: the way to an open library.
    files: ['electron/library/**'],
    bans: [noElectron, noOpenai, noDatabase, noRenderer, noReact, noTests, noShellFromCommon()],
  },
  {
    // What shells share: the window's files and the headers they are served with.
    files: ['electron/window-files/**'],
    bans: [
      noElectron,
      noOpenai,
      noDatabase,
      noRenderer,
      noReact,
      noTests,
      noShellFromCommon(),
      noBackend("The window's files are served without the backend."),
    ],
  },
  {
    files: ['electron/backend-process/**'],
    bans: [
      { ...noElectron, message: 'The backend process is plain Node: its shell speaks to it by messages.' },
      noOpenai,
      noDatabase,
      noRenderer,
      noReact,
      noTests,
      { regex: `${server}|${cli}|${room('main', '(electron/)?main')}`, message: shellsNeverMeet },
    ],
  },
  {
    files: ['electron/main/**'],
    bans: [
      noOpenai,
      noDatabase,
      noRenderer,
      noReact,
      noTests,
      { regex: `${server}|${cli}`, message: shellsNeverMeet },
      noBackend('main starts the backend by its path and speaks to it by messages (shared/desktop).'),
    ],
  },
  {
    files: ['electron/preload/**'],
    bans: [
      {
        regex: nodeModules,
        message: 'The preload is sandboxed: it has no Node, and hands over a port and nothing else.',
      },
      noOpenai,
      noDatabase,
      noRenderer,
      noReact,
      noTests,
      { regex: `${server}|${cli}|${room('main', '(electron/)?main')}`, message: shellsNeverMeet },
      noBackend('The preload hands over a port and nothing else.'),
    ],
  },
];

function noShellFromCommon(): Ban {
  return {
    regex: `${server}|${cli}|${shell}`,
    message: 'What shells share does not know the shells.',
  };
}

function noBackend(message: string): Ban {
  return {
    regex: `${backend}|${library}|${room('backend-process', '(electron/)?backend-process')}`,
    message,
  };
}

function shellFromBackend(): Ban {
  return {
    regex: `${server}|${cli}|${shell}|${library}|${room('window-files', '(electron/)?window-files')}`,
    message: 'The backend does not know its shells. Ask through `Host` (electron/backend/host.ts).',
  };
}
