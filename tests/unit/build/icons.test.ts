import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { icnsOf, icoOf } from '../../../build/icon-containers.mjs';

const file = (name: string): Buffer => readFileSync(new URL(`../../../build/icons/${name}`, import.meta.url));

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Width and height out of a PNG's first chunk. */
function sizeOf(png: Buffer): [number, number] {
  expect(png.subarray(0, 8)).toEqual(signature);
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

function icoEntries(ico: Buffer): Buffer[] {
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const at = 6 + 16 * index;
    const start = ico.readUInt32LE(at + 12);
    return ico.subarray(start, start + ico.readUInt32LE(at + 8));
  });
}

function icnsEntries(icns: Buffer): [string, Buffer][] {
  expect(icns.toString('latin1', 0, 4)).toBe('icns');
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  const entries: [string, Buffer][] = [];
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4))
    entries.push([
      icns.toString('latin1', at, at + 4),
      icns.subarray(at + 8, at + icns.readUInt32BE(at + 4)),
    ]);
  return entries;
}

test.each([16, 24, 32, 48, 64, 128, 256, 512])('Linux finds an icon of %i pixels', (size) => {
  expect(sizeOf(file(`${size}x${size}.png`))).toEqual([size, size]);
});

test('Windows finds every size from 16 to 256 pixels in one file', () => {
  const sizes = icoEntries(file('icon.ico')).map((png) => sizeOf(png)[0]);
  expect(sizes).toEqual([16, 20, 24, 32, 40, 48, 64, 128, 256]);
});

test('macOS finds its icons under Apple’s names, up to 1,024 pixels', () => {
  const sizes = icnsEntries(file('icon.icns')).map(([type, png]) => [type, sizeOf(png)[0]]);
  expect(sizes).toContainEqual(['ic07', 128]);
  expect(sizes).toContainEqual(['ic10', 1024]);
});

test('the drawing is ours alone: no font, no picture, no address in it', () => {
  const svg = file('scholium.svg').toString();
  expect(svg).not.toMatch(/<text|<image|font|href|url\(/);
});

describe('the containers', () => {
  const picture = (size: number): [number, Buffer] => [size, Buffer.from(`picture of ${size}`)];

  test('of Windows hold each picture unchanged', () => {
    const pictures = new Map([16, 256].map(picture));
    expect(icoEntries(icoOf(pictures)).map(String)).toEqual(['picture of 16', 'picture of 256']);
  });

  test('of macOS hold each picture unchanged', () => {
    const pictures = new Map([16, 32, 64, 128, 256, 512, 1024].map(picture));
    const entries = new Map(icnsEntries(icnsOf(pictures)).map(([type, content]) => [type, String(content)]));
    expect(entries.get('icp4')).toBe('picture of 16');
    expect(entries.get('ic10')).toBe('picture of 1024');
  });
});
