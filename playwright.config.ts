import { defineConfig } from '@playwright/test';
import { findChromium } from './build/chromium.mjs';

const executablePath = findChromium();
const isRoot = process.getuid?.() === 0;

/** The same specs on each shell; what speaks of one shell alone runs on that one. */
const everywhere = ['library', 'main-job', 'notebook-keys', 'settings'].map((name) => `${name}.spec.ts`);
const desktopAlone = ['desktop.spec.ts', 'desktop-*.spec.ts'];

export default defineConfig<{ kind: 'browser' | 'stand-in' | 'electron' }>({
  testDir: 'tests/e2e',
  testMatch: '**/*.spec.ts',
  globalSetup: './tests/e2e/say-kinds.ts',
  projects: [
    { name: 'browser', testIgnore: desktopAlone, use: { kind: 'browser' } },
    {
      name: 'stand-in',
      testMatch: [...everywhere, ...desktopAlone],
      grepInvert: /@browser/,
      use: { kind: 'stand-in' },
    },
    { name: 'electron', testMatch: everywhere, grepInvert: /@browser/, use: { kind: 'electron' } },
  ],
  outputDir: 'test-results',
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  // A busy machine may be slow to draw; nothing here waits longer than it must.
  expect: { timeout: 15_000 },
  reporter: [['line'], ['json', { outputFile: 'out/reports/e2e.json' }]],
  use: {
    browserName: 'chromium',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        // Chromium's own sandbox cannot start as root.
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
});
