import { globSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { inRoot, root } from './paths.mjs';

/** What the backend's bundles leave to node_modules, and why. */
const external = [
  // Native code, found beside its own package.
  'better-sqlite3',
  '@napi-rs/keyring',
  // Starts files of its own by path.
  'playwright-core',
];

/** KaTeX names each font three times; every browser we meet reads woff2. */
const woff2Only = {
  postcssPlugin: 'woff2-only',
  Once(css) {
    css.walkAtRules('font-face', (face) => {
      face.walkDecls('src', (src) => {
        const sources = src.value.split(/,(?![^(]*\))/);
        const woff2 = sources.filter((source) => /\.woff2\b|^\s*local\(/.test(source));
        if (woff2.length > 0) src.value = woff2.join(',').trim();
      });
    });
  },
};

const css = { postcss: { plugins: [woff2Only] } };

// How long plugins took is of no use to someone who starts the program.
const checks = { bundlerTimings: false };

/** @type {import('vite').InlineConfig} */
const shared = {
  configFile: false,
  logLevel: 'warn',
  clearScreen: false,
  define: { 'process.env.NODE_ENV': '"production"' },
};

/**
 * The window: one page, hashed assets, no inlined data (the page's security policy forbids it).
 *
 * @param {string} outDir @param {import('vite').BuildOptions} options
 * @returns {import('vite').InlineConfig}
 */
export function windowBundle(outDir, options = {}) {
  return {
    ...shared,
    root: inRoot('renderer'),
    base: '/',
    publicDir: false,
    plugins: [react()],
    css,
    worker: { format: 'es' },
    build: {
      outDir: path.join(outDir, 'renderer'),
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
      sourcemap: true,
      rolldownOptions: { checks },
      ...options,
    },
  };
}

/**
 * The command line, the backend's process below the desktop shell, and each `*-worker.ts` of the backend as a file of its own name beside it.
 *
 * @param {string} outDir @param {import('vite').BuildOptions} options
 * @returns {import('vite').InlineConfig}
 */
export function backendBundle(outDir, options = {}) {
  return {
    ...shared,
    root,
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external },
    build: {
      ssr: true,
      outDir: path.join(outDir, 'backend'),
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      reportCompressedSize: false,
      sourcemap: true,
      rolldownOptions: {
        checks,
        input: backendEntries(),
        external,
        output: {
          format: 'esm',
          entryFileNames: '[name].js',
          // Flat, so that `./x-worker.js` means the same from every file.
          chunkFileNames: '[name]-[hash].js',
        },
      },
      ...options,
    },
  };
}

/**
 * `print.css` with the fonts it names beside it: what a page to be printed finds at `/assets/`.
 *
 * @param {string} outDir @param {import('vite').BuildOptions} options
 * @returns {import('vite').InlineConfig}
 */
export function printBundle(outDir, options = {}) {
  return {
    ...shared,
    root: inRoot('renderer'),
    base: './',
    publicDir: false,
    css,
    build: {
      outDir: path.join(outDir, 'assets-print'),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      assetsDir: '',
      reportCompressedSize: false,
      rolldownOptions: {
        checks,
        input: { print: inRoot('renderer', 'styles', 'print.css') },
        output: { assetFileNames: '[name][extname]' },
      },
      ...options,
    },
  };
}

/**
 * The desktop shell: a module, since Electron loads it as one.
 *
 * @param {string} outDir @param {import('vite').BuildOptions} options
 * @returns {import('vite').InlineConfig}
 */
export function mainBundle(outDir, options = {}) {
  return shellBundle('main', 'es', '[name].js', path.join(outDir, 'main'), options);
}

/**
 * What the shell loads into its windows: CommonJS, since a sandboxed page has no modules before its own.
 *
 * @param {string} outDir @param {import('vite').BuildOptions} options
 * @returns {import('vite').InlineConfig}
 */
export function preloadBundle(outDir, options = {}) {
  return shellBundle('preload', 'cjs', '[name].cjs', path.join(outDir, 'preload'), options);
}

/** @returns {import('vite').InlineConfig} */
function shellBundle(room, format, entryFileNames, outDir, options) {
  return {
    ...shared,
    root,
    publicDir: false,
    ssr: { target: 'node', noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      reportCompressedSize: false,
      sourcemap: true,
      rolldownOptions: {
        checks,
        input: { index: inRoot('electron', room, 'index.ts') },
        external: ['electron'],
        output: { format, entryFileNames, codeSplitting: false },
      },
      ...options,
    },
  };
}

function backendEntries() {
  const entries = {
    cli: inRoot('electron', 'cli', 'index.ts'),
    'backend-process': inRoot('electron', 'backend-process', 'index.ts'),
  };
  for (const file of globSync('electron/backend/**/*-worker.ts', { cwd: root })) {
    const name = path.basename(file, '.ts');
    if (entries[name]) throw new Error(`Two workers are called ${name}: ${entries[name]} and ${file}`);
    entries[name] = inRoot(file);
  }
  return entries;
}
