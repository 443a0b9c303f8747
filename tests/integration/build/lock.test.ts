import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { whileAlone } from '../../../build/lock.mjs';

const run = promisify(execFile);
const lockModule = new URL('../../../build/lock.mjs', import.meta.url).href;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'scholium-lock-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

test('starts that come together set up one after another', async () => {
  // Making the folder fails if anyone else is inside.
  const child = `
    import { mkdirSync, rmdirSync } from 'node:fs';
    import { setTimeout as delay } from 'node:timers/promises';
    import { whileAlone } from ${JSON.stringify(lockModule)};
    const inside = ${JSON.stringify(join(folder, 'inside'))};
    await whileAlone(async () => {
      mkdirSync(inside);
      await delay(20);
      rmdirSync(inside);
      console.log('done');
    }, ${JSON.stringify(join(folder, 'lock'))});`;
  const starts = Array.from({ length: 5 }, () =>
    run(process.execPath, ['--input-type=module', '--eval', child]),
  );
  const outputs = (await Promise.all(starts)).map(({ stdout }) => stdout);
  expect(outputs).toEqual(Array.from({ length: 5 }, () => 'done\n'));
});

test('the lock of a start that was killed does not block the next', async () => {
  const lock = join(folder, 'lock');
  const killed = `
    import { whileAlone } from ${JSON.stringify(lockModule)};
    await whileAlone(() => process.kill(process.pid, 'SIGKILL'), ${JSON.stringify(lock)});`;
  await expect(run(process.execPath, ['--input-type=module', '--eval', killed])).rejects.toMatchObject({
    killed: false,
    code: null,
  });
  expect(existsSync(lock)).toBe(true);
  expect(await whileAlone(() => 'mine', lock)).toBe('mine');
  expect(existsSync(lock)).toBe(false);
});

test('work that fails gives the lock back', async () => {
  const lock = join(folder, 'lock');
  await expect(
    whileAlone(() => {
      throw new Error('no network');
    }, lock),
  ).rejects.toThrow('no network');
  expect(existsSync(lock)).toBe(false);
});
