import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '#backend/logs/index.ts';
import type { FileLog, FileLogOptions } from '#backend/logs/index.ts';

let folder: string;
let open: FileLog[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scholium-log-'));
  open = [];
});

afterEach(() => {
  for (const log of open) log.close();
  rmSync(folder, { recursive: true });
});

function logIn(place: string, options: Partial<FileLogOptions> = {}): FileLog {
  const log = createLog({ folder: place, clock: { utcMs: () => Date.UTC(2026, 10, 23) }, ...options });
  open.push(log);
  return log;
}

const linesOf = (text: string): unknown[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));

test('each event is one line of JSON with its time', () => {
  const log = logIn(folder);
  log.info('run-ended', { state: 'completed', tokens: 12, cost: null });
  log.flush();
  expect(linesOf(readFileSync(join(folder, 'scholium.log'), 'utf8'))).toEqual([
    {
      at: '2026-11-23T00:00:00.000Z',
      level: 'info',
      event: 'run-ended',
      state: 'completed',
      tokens: 12,
      cost: null,
    },
  ]);
});

test('an error is on disk at once, under the reference that the user is shown', () => {
  const reference = logIn(folder).error('save-failed', new RangeError('my secret text'));
  const text = readFileSync(join(folder, 'scholium.log'), 'utf8');
  expect(linesOf(text)).toMatchObject([{ reference, error: { name: 'RangeError' } }]);
  expect(text).not.toContain('secret text');
});

test('a key that strays into any part of a line never reaches the disk', () => {
  const log = logIn(folder);
  const key = 'sk-CANARYCANARYCANARY';
  log.info(`asked with ${key}`, { header: `Bearer ${key}`, key });
  log.warn('refused', { message: `wrong key ${key}` });
  log.error('broke', new Error(key, { cause: new Error(key) }), { key });
  log.flush();
  expect(readFileSync(join(folder, 'scholium.log'), 'utf8')).not.toContain('CANARY');
});

test('files are put aside as they grow, and only so many are kept', () => {
  const log = logIn(folder, { fileBytes: 300, fileCount: 3 });
  for (let index = 0; index < 40; index += 1) {
    log.info('tick', { index });
    log.flush();
  }
  expect(readdirSync(folder).toSorted()).toEqual(['scholium.1.log', 'scholium.2.log', 'scholium.log']);
  for (const file of readdirSync(folder)) expect(statSync(join(folder, file)).size).toBeLessThanOrEqual(300);
  expect(linesOf(log.recentLines(1).join('\n'))).toMatchObject([{ index: 39 }]);
});

test('recent lines reach back into earlier starts', () => {
  const first = logIn(folder);
  first.info('first-start');
  first.close();
  const second = logIn(folder);
  second.info('second-start');
  expect(linesOf(second.recentLines().join('\n'))).toMatchObject([
    { event: 'first-start' },
    { event: 'second-start' },
  ]);
});

test('a log that cannot be written throws nothing, and counts what it lost', () => {
  const blocked = join(folder, 'logs');
  writeFileSync(blocked, 'a file where the folder should be');
  const log = logIn(blocked);
  log.info('lost');
  log.error('lost too', new Error('x'));
  expect(log.recentLines()).toEqual([]);

  rmSync(blocked);
  mkdirSync(blocked);
  log.info('kept');
  expect(linesOf(log.recentLines().join('\n'))).toMatchObject([
    { event: 'log-lines-lost', lines: 2 },
    { event: 'kept' },
  ]);
});

test('only the user may read the log', { skip: process.platform === 'win32' }, () => {
  chmodSync(folder, 0o755);
  const place = join(folder, 'logs');
  logIn(place).error('x', new Error('x'));
  expect(statSync(place).mode & 0o077).toBe(0);
  expect(statSync(join(place, 'scholium.log')).mode & 0o077).toBe(0);
});
