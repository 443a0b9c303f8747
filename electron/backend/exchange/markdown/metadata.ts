import type { Macros } from '#shared/domain/notebook.ts';

export interface Metadata {
  readonly title: string | null;
  readonly tags: readonly string[];
  readonly macros: Macros;
  /** Lines of it that mean nothing to Scholium, to be kept as they are. */
  readonly rest: readonly string[];
  /** How many lines of the file it took. */
  readonly lineCount: number;
}

const none: Metadata = { title: null, tags: [], macros: {}, rest: [], lineCount: 0 };

/** The YAML block at the head of a file. Only what a notebook has is read, in YAML's simple forms. */
export function readMetadata(lines: readonly string[]): Metadata {
  if (lines[0]?.trimEnd() !== '---' || (lines[1] ?? '').trim() === '') return none;
  const end = lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)[ \t]*$/.test(line));
  if (end < 0) return none;

  let title: string | null = null;
  let tags: readonly string[] = [];
  let macros: Macros = {};
  const rest: string[] = [];
  for (const entry of entriesOf(lines.slice(1, end))) {
    const readTitle = entry.key === 'title' ? scalar(entry.value) : null;
    const readTags = entry.key === 'tags' || entry.key === 'keywords' ? list(entry.value, entry.more) : null;
    const readMacros = entry.key === 'macros' ? mapping(entry.value) : null;
    if (readTitle !== null && entry.more.length === 0) title = readTitle;
    else if (readTags) tags = readTags;
    else if (readMacros) macros = readMacros;
    else rest.push(...entry.lines);
  }
  return { title, tags, macros, rest, lineCount: end + 1 };
}

interface Entry {
  readonly key: string;
  readonly value: string;
  /** Indented lines and list items below. */
  readonly more: readonly string[];
  readonly lines: readonly string[];
}

function entriesOf(lines: readonly string[]): Entry[] {
  const entries: { key: string; value: string; more: string[]; lines: string[] }[] = [];
  for (const line of lines) {
    const found = /^([A-Za-z_][\w-]*):(?:[ \t]+(.*))?$/s.exec(line);
    const last = entries.at(-1);
    if (found) entries.push({ key: found[1] ?? '', value: (found[2] ?? '').trim(), more: [], lines: [line] });
    else if (last) {
      last.lines.push(line);
      if (line.trim() !== '') last.more.push(line);
    } else entries.push({ key: '', value: '', more: [], lines: [line] });
  }
  return entries;
}

/** A plain or quoted value; `null` for anything longer. */
function scalar(value: string): string | null {
  if (value.startsWith('"')) {
    const parsed = json(value);
    return typeof parsed === 'string' ? parsed : null;
  }
  if (value.startsWith("'")) return /^'(.*)'$/s.test(value) ? value.slice(1, -1).replaceAll("''", "'") : null;
  return value === '' || /^[[{|>&*!%@`]/.test(value) ? null : value.replace(/\s+#.*$/s, '');
}

function list(value: string, more: readonly string[]): readonly string[] | null {
  if (value === '') {
    const items = more.map((line) => scalar(/^\s*-\s+(.*)$/s.exec(line)?.[1]?.trim() ?? ''));
    return items.every((item) => item !== null) && items.length > 0 ? items : null;
  }
  const parsed = json(value);
  if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'string')) return parsed;
  const inner = /^\[(.*)\]$/s.exec(value)?.[1];
  const items = (inner ?? value).split(',').map((item) => scalar(item.trim()));
  return items.every((item) => item !== null) ? items : null;
}

function mapping(value: string): Macros | null {
  const parsed = json(value);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const entries = Object.entries(parsed);
  const isMacro = ([name, tex]: [string, unknown]) =>
    /^\\([a-zA-Z@]+|.)$/u.test(name) && typeof tex === 'string';
  return entries.every(isMacro) ? Object.fromEntries(entries) : null;
}

function json(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON: another of YAML's forms, which is kept as it is.
    return undefined;
  }
}
