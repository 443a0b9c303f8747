import { readdirSync } from 'node:fs';
import type { Bench, Ratio } from './bench.ts';

/** Runs one bench after another (never two at once) and prints their ratios beside their targets. */
async function runBenches(wanted: readonly string[]): Promise<void> {
  const files = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.bench.ts'))
    .filter((file) => wanted.length === 0 || wanted.some((name) => file.includes(name)))
    .toSorted();
  if (files.length === 0) throw new Error(`No bench matches ${wanted.join(', ') || '*.bench.ts'}`);

  const rows: string[][] = [['ratio', 'target', '', 'rounds', 'what', 'measured']];
  for (const file of files) {
    const { bench } = (await import(new URL(file, import.meta.url).href)) as { bench: Bench };
    process.stderr.write(`${bench.name} …\n`);
    for (const ratio of await bench.run()) rows.push(toRow(ratio));
  }
  process.stdout.write(`${toTable(rows)}\n`);
}

function toRow({ what, ratio, target, rounds, measured }: Ratio): string[] {
  const verdict = ratio <= target ? 'met' : 'MISSED';
  return [ratio.toFixed(2), `≤ ${target}`, verdict, String(rounds), what, measured];
}

function toTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

await runBenches(process.argv.slice(2));
