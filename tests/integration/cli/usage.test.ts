import { afterAll, beforeAll, expect, test } from 'vitest';
import { scholium } from '#tests/support/scholium-command.ts';
import { temporaryDataFolder } from '#tests/support/served-app.ts';

let data: { path: string; remove(): Promise<void> };
beforeAll(async () => {
  data = await temporaryDataFolder();
});
afterAll(() => data.remove());

const wrong: readonly [args: readonly string[], says: string][] = [
  [[], 'Say what to do'],
  [['solve'], 'There is no “solve” here'],
  [['list', '--colour'], '--colour is not an option of “list”'],
  [['list', 'extra'], 'list was given too much'],
  [['list', '--library'], '--library needs a value'],
  [['import'], 'import needs to be told what'],
  [['import', 'missing.md'], 'missing.md was not found'],
  [['import', '.'], 'cannot be read (EISDIR)'],
  [['run'], 'run needs to be told what'],
  [['run', 'missing.md'], 'missing.md was not found'],
  [['run', '7d3f0a52-0000-4000-8000-000000000000'], 'That notebook is not in this library'],
  [['run', 'x.md', '--provider', 'acme'], '“acme” is no provider'],
  [['run', 'x.md', '--effort', 'heroic'], '“heroic” is no effort'],
  [['run', 'x.md', '--cell', '0'], '“0” is no problem’s number'],
  [['run', 'x.md', '--cell', 'two'], '“two” is no problem’s number'],
  [['run', 'x.md', '--provider', 'solver', '--base-url', 'http://127.0.0.1:1'], 'takes no --base-url'],
  [['export', 'x.md'], '--to is needed'],
  [['export', 'x.md', '--to', 'docx'], '“docx” cannot be exported to'],
  [['serve', '--port', '65536'], '“65536” is no port'],
  [['serve', '--port', '-1'], '“-1” is no port'],
  [['serve', '--port', 'http'], '“http” is no port'],
];

test.each(wrong)('scholium %j is refused with one sentence and exit code 2', async (args, says) => {
  const { exitCode, stdout, stderr } = await scholium(args, { dataFolder: data.path });
  expect([exitCode, stdout]).toEqual([2, '']);
  expect(stderr).toContain(says);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test('help is printed on stdout for the command and each verb, with exit code 0', async () => {
  for (const args of [['--help'], ['serve', '--help'], ['run', '-h'], ['export', '--help']]) {
    const { exitCode, stdout, stderr } = await scholium(args, { dataFolder: data.path });
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Usage: scholium');
  }
});
