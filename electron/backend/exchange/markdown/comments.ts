import { createCodeFences } from './code-fences.ts';

/**
 * The lines, counted from 0, that a block HTML comment covers: what was commented out is not run. One
 * that is never closed is text, as are comment marks within a line: nothing may vanish by a slip.
 */
export function commentedLines(lines: readonly string[]): ReadonlySet<number> {
  const commented = new Set<number>();
  const fences = createCodeFences();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (fences.next(line) || !/^ {0,3}<!--/.test(line)) continue;
    const last = lines.findIndex((later, at) => at >= index && later.includes('-->'));
    if (last < 0) break;
    for (let at = index; at <= last; at += 1) commented.add(at);
    index = last;
  }
  return commented;
}
