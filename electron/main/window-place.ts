import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** Screen coordinates in device-independent pixels. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const pixels = z.int().min(-100_000).max(100_000);
const size = z.int().min(1).max(100_000);
const place = z.object({
  area: z.object({ x: pixels, y: pixels, width: size, height: size }),
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
/** Where a window was left: its area when it was neither maximized nor filling the screen. */
export type WindowPlace = z.infer<typeof place>;

export const smallest = { width: 480, height: 360 } as const;
const usual = { width: 1_240, height: 860 } as const;
/** A title bar of which less than this can be seen cannot be caught with the mouse. */
const catchable = { width: 120, height: 32 } as const;

/**
 * The area to open a window in: as it was left, if that can still be reached on one of the screens,
 * else in the middle of the first one; never larger than the screen it is on.
 */
export function areaOn(left: Area | null, screens: readonly Area[]): Area {
  const first = screens[0] ?? { x: 0, y: 0, ...usual };
  const screen = left && screens.find((candidate) => isCatchable(left, candidate));
  if (!left || !screen) return middleOf(first, left ?? usual);
  const width = clamp(left.width, smallest.width, screen.width);
  const height = clamp(left.height, smallest.height, screen.height);
  return {
    x: Math.round(
      clamp(left.x, screen.x + catchable.width - width, screen.x + screen.width - catchable.width),
    ),
    y: Math.round(clamp(left.y, screen.y, screen.y + screen.height - catchable.height)),
    width,
    height,
  };
}

function isCatchable(area: Area, screen: Area): boolean {
  const seenWidth = Math.min(area.x + area.width, screen.x + screen.width) - Math.max(area.x, screen.x);
  const isBarInside =
    area.y >= screen.y - catchable.height && area.y <= screen.y + screen.height - catchable.height;
  return seenWidth >= catchable.width && isBarInside;
}

function middleOf(screen: Area, wanted: { readonly width: number; readonly height: number }): Area {
  const width = clamp(wanted.width, smallest.width, screen.width);
  const height = clamp(wanted.height, smallest.height, screen.height);
  return {
    x: Math.round(screen.x + (screen.width - width) / 2),
    y: Math.round(screen.y + (screen.height - height) / 2),
    width,
    height,
  };
}

/** A screen smaller than the smallest window gives way to it. */
function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

/** Where the window was left last time; `null` when that is not known, or what is stored makes no sense. */
export async function readPlace(file: string): Promise<WindowPlace | null> {
  try {
    return place.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Forgotten, damaged or written by hand: the window then opens where windows open.
    return null;
  }
}

/** Keeps the place for next time. A disk that refuses costs nothing but the memory of it. */
export async function writePlace(file: string, left: WindowPlace): Promise<void> {
  const partial = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(partial, JSON.stringify(place.parse(left)));
    await rename(partial, file);
  } catch {
    return;
  }
}
