import { inflateSync } from 'node:zlib';

/** What a test asks of a PDF, read from its bytes; knows as much of the format as Chromium writes. */
export interface ReadPdf {
  /** Selectable text of each page, in the order it is drawn, spaces removed. */
  readonly pages: readonly string[];
  /** Names of the fonts whose program is inside the file. */
  readonly embeddedFonts: readonly string[];
  readonly isTagged: boolean;
  /** Titles of the bookmarks, in file order. */
  readonly bookmarks: readonly string[];
  /** Alternative texts of figures in the tag tree. */
  readonly alternatives: readonly string[];
}

export function readPdf(bytes: Uint8Array): ReadPdf {
  const file = Buffer.from(bytes).toString('latin1');
  const objects = new Map<string, string>();
  for (const found of file.matchAll(/(?:^|\n)(\d+) 0 obj\s*([^]*?)\nendobj/g)) {
    objects.set(found[1] ?? '', found[2] ?? '');
  }
  const all = [...objects.values()];
  const dictionaries = all.map((object) => object.split(/stream\r?\n/)[0] ?? '');
  return {
    pages: pageObjects(objects, dictionaries).map((page) => pageText(page, objects)),
    embeddedFonts: dictionaries
      .filter((object) => /\/FontFile2?3? /.test(object))
      .map((object) => /\/FontName \/(?:[A-Z]+\+)?([^\s/]+)/.exec(object)?.[1] ?? ''),
    isTagged: /\/MarkInfo\s*<<[^>]*\/Marked true/.test(file) && file.includes('/StructTreeRoot'),
    bookmarks: dictionaries
      .filter((object) => /\/Dest/.test(object) && /\/Parent/.test(object))
      .map((object) => stringAfter(object, 'Title')),
    alternatives: dictionaries
      .filter((object) => object.includes('/Alt'))
      .map((object) => stringAfter(object, 'Alt')),
  };
}

/** Page dictionaries in the order of the page tree, which Chromium writes in order of their numbers. */
function pageObjects(objects: ReadonlyMap<string, string>, dictionaries: readonly string[]): string[] {
  const tree = dictionaries.filter((object) => /\/Type \/Pages/.test(object));
  const order = tree.flatMap((node) => [
    ...(/\/Kids \[([^\]]*)\]/.exec(node)?.[1] ?? '').matchAll(/(\d+) 0 R/g),
  ]);
  return order
    .map((kid) => objects.get(kid[1] ?? '') ?? '')
    .filter((object) => /\/Type \/Page\b(?!s)/.test(object));
}

function pageText(page: string, objects: ReadonlyMap<string, string>): string {
  const content = streamOf(objects.get(/\/Contents (\d+) 0 R/.exec(page)?.[1] ?? '') ?? '');
  const maps = new Map<string, ReadonlyMap<string, string>>();
  for (const [, name, id] of page.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const unicode = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id ?? '') ?? '')?.[1];
    maps.set(name ?? '', unicodeMap(streamOf(objects.get(unicode ?? '') ?? '')));
  }
  let current: ReadonlyMap<string, string> = new Map();
  let text = '';
  for (const [, font, hex] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>/g)) {
    if (font !== undefined) current = maps.get(font) ?? new Map();
    for (const glyph of hex?.match(/.{4}/g) ?? []) text += current.get(glyph.toUpperCase()) ?? '';
  }
  return text.replace(/\s/g, '');
}

/** From a font's ToUnicode map: glyph number to character. */
function unicodeMap(map: string): ReadonlyMap<string, string> {
  const characters = new Map<string, string>();
  const glyph = (code: number): string => code.toString(16).padStart(4, '0').toUpperCase();
  for (const [, block] of map.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
    for (const [, from, to] of (block ?? '').matchAll(/<(\w+)>\s*<(\w+)>/g)) {
      characters.set((from ?? '').toUpperCase(), utf16(to ?? ''));
    }
  }
  for (const [, block] of map.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from, last, to] of (block ?? '').matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g)) {
      const first = Number.parseInt(from ?? '', 16);
      for (let code = first; code <= Number.parseInt(last ?? '', 16); code++) {
        characters.set(glyph(code), String.fromCodePoint(Number.parseInt(to ?? '', 16) + code - first));
      }
    }
  }
  return characters;
}

function streamOf(object: string): string {
  const start = /stream\r?\n/.exec(object);
  const length = Number(/\/Length (\d+)/.exec(object)?.[1] ?? 0);
  if (!start) return '';
  const data = Buffer.from(
    object.slice(start.index + start[0].length, start.index + start[0].length + length),
    'latin1',
  );
  return /\/FlateDecode/.test(object) ? inflateSync(data).toString('latin1') : data.toString('latin1');
}

/** A string of a dictionary: in brackets, or in hexadecimal UTF-16. */
function stringAfter(object: string, key: string): string {
  const hex = new RegExp(`/${key} ?<([0-9A-Fa-f]+)>`).exec(object)?.[1];
  if (hex !== undefined) return utf16(hex.replace(/^FEFF/i, ''));
  const plain = new RegExp(`/${key} ?\\(((?:[^\\\\()]|\\\\.)*)\\)`).exec(object)?.[1] ?? '';
  return plain.replace(/\\(.)/g, '$1');
}

function utf16(hex: string): string {
  return (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('');
}
