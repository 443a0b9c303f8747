import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { areaOn, readPlace, smallest, writePlace } from '#main/window-place.ts';
import type { Area } from '#main/window-place.ts';

const screen: Area = { x: 0, y: 0, width: 1_920, height: 1_040 };
const second: Area = { x: 1_920, y: -200, width: 2_560, height: 1_400 };
const left: Area = { x: 2_000, y: 100, width: 900, height: 700 };

describe('a window opens', () => {
  test('where it was left, on the screen it was left on', () => {
    expect(areaOn(left, [screen, second])).toEqual(left);
  });

  test('in the middle of the first screen when its own is gone', () => {
    expect(areaOn(left, [screen])).toEqual({ x: 510, y: 170, width: 900, height: 700 });
  });

  test('no larger than the screen it is on', () => {
    const { width, height } = areaOn({ x: 0, y: 0, width: 9_000, height: 9_000 }, [screen]);
    expect([width, height]).toEqual([screen.width, screen.height]);
  });

  test('so that its title bar can be caught, whatever was stored', () => {
    const side = fc.integer({ min: -5_000, max: 9_000 });
    const area = fc.record({
      x: side,
      y: side,
      width: fc.integer({ min: 1, max: 9_000 }),
      height: fc.integer({ min: 1, max: 9_000 }),
    });
    fc.assert(
      fc.property(area, (stored) => {
        const found = areaOn(stored, [screen, second]);
        const on = [screen, second].find(
          ({ x, y, width, height }) =>
            Math.min(found.x + found.width, x + width) - Math.max(found.x, x) >= 120 &&
            found.y >= y &&
            found.y + 32 <= y + height,
        );
        expect(on).toBeDefined();
        expect(found.width).toBeGreaterThanOrEqual(smallest.width);
        expect(found.height).toBeGreaterThanOrEqual(smallest.height);
      }),
    );
  });
});

describe('the place of a window', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scholium-place-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const place = { area: left, isMaximized: true, isFullScreen: false };

  test('is there next time, and nothing else is left in the folder', async () => {
    const file = join(folder, 'window', 'place.json');
    await writePlace(file, place);
    expect(await readPlace(file)).toEqual(place);
    expect(await readdir(join(folder, 'window'))).toEqual(['place.json']);
  });

  test.each([
    '',
    'null',
    '{',
    '{"area":{"x":0}}',
    '{"area":{"x":1e999,"y":0,"width":1,"height":1},"isMaximized":false,"isFullScreen":false}',
    '{"__proto__":{"area":1}}',
  ])('is forgotten when the file holds %s', async (text) => {
    const file = join(folder, 'place.json');
    await writeFile(file, text);
    expect(await readPlace(file)).toBeNull();
  });

  test('costs nothing when it cannot be written', async () => {
    await writeFile(join(folder, 'file'), '');
    await writePlace(join(folder, 'file', 'place.json'), place);
    expect(await readPlace(join(folder, 'file', 'place.json'))).toBeNull();
  });
});
