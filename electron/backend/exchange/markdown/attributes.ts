import MarkdownIt from 'markdown-it';

/** The attributes of a Pandoc fenced div: `{#id .class key="value"}`. */
export interface Attributes {
  readonly classes: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

const part =
  /^\s+|^#[^\s{}="']+|^\.([^\s{}="'#.]+)|^([A-Za-z_:][\w:.-]*)=(?:"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|([^\s"'{}]+))/;

const { unescapeAll } = new MarkdownIt().utils;

/**
 * Reads what stands behind the colons of an opening fence: a word, which is a class, or attributes in
 * braces. Backslash escapes and entities in quoted values are undone. `null` when it is neither.
 */
export function parseAttributes(text: string): Attributes | null {
  const bare = /^\s*([^\s{}"'=:]+)\s*:*\s*$/.exec(text)?.[1];
  if (bare !== undefined) return { classes: [bare], values: new Map() };
  const inner = /^\s*\{(.*)\}\s*:*\s*$/s.exec(text)?.[1];
  if (inner === undefined) return null;

  const classes: string[] = [];
  const values = new Map<string, string>();
  let rest = inner;
  while (rest.length > 0) {
    const found = part.exec(rest);
    if (!found) return null;
    const [whole, className, key, doubleQuoted, singleQuoted, unquoted] = found;
    if (className !== undefined) classes.push(className);
    if (key !== undefined) values.set(key, unescapeAll(doubleQuoted ?? singleQuoted ?? unquoted ?? ''));
    rest = rest.slice(whole.length);
  }
  return { classes, values };
}

/** `key="value"`, so that `parseAttributes` gives the value back, line breaks and all. */
export function writeAttribute(key: string, value: string): string {
  const escaped = value
    .replaceAll('&', '&amp;')
    .replace(/[\\"]/g, '\\$&')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
  return `${key}="${escaped}"`;
}
