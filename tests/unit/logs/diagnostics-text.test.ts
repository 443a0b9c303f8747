import { expect, test } from 'vitest';
import { createMemoryLog, diagnosticsText } from '#backend/logs/index.ts';

test('diagnostics tell versions, sizes, counts and the end of the log', () => {
  const log = createMemoryLog(() => 0);
  log.warn('run-failed', { code: 'rate-limited' });
  const text = diagnosticsText({
    appVersion: '0.1.0',
    nodeVersion: '24.21.0',
    sqliteVersion: '3.54.1',
    platform: 'linux x64',
    libraryBytes: 4096,
    counts: { notebooks: 2, runs: 7 },
    recentLogLines: log.recentLines(),
  });
  expect(text).toBe(
    [
      'Scholium 0.1.0, Node 24.21.0, SQLite 3.54.1, linux x64',
      'Library: 4096 bytes',
      'notebooks: 2',
      'runs: 7',
      '',
      'The last of the log (1):',
      '{"at":"1970-01-01T00:00:00.000Z","level":"warn","event":"run-failed","code":"rate-limited"}',
      '',
    ].join('\n'),
  );
});

test('a log in memory keeps the newest lines and forgets the oldest', () => {
  const log = createMemoryLog(() => 0);
  for (let index = 0; index < 5_000; index += 1) log.info('tick', { index });
  expect(log.recentLines(10_000).length).toBeLessThanOrEqual(2_000);
  expect(log.recentLines(1)[0]).toContain('"index":4999');
});
