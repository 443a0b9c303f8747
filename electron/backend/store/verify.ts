import { setImmediate as breathe } from 'node:timers/promises';
import { z } from 'zod';
import type { CheckedTable, ColumnValue } from './checksums.ts';
import { isIntact } from './checksums.ts';
import type { Library } from './library.ts';

/** Rows looked at before everyone else gets a turn. */
const rowsPerTurn = 200;

/** A row that is not what was written. */
export interface DamagedRow {
  readonly table: string;
  /** Its primary key's values, as found. */
  readonly key: readonly ColumnValue[];
}

const value = z.union([z.string(), z.number(), z.null()]);
const wholeRow = z.intersection(z.record(z.string(), value), z.object({ checksum: z.int() }));

/**
 * Looks at every checksummed row of the given tables, in turns, so that a large library keeps
 * answering meanwhile. Changes nothing. Throws `AppError` `library-damaged` where SQLite cannot even
 * find its way through a table.
 */
export async function verifyLibrary(
  library: Library,
  tables: readonly CheckedTable[],
): Promise<readonly DamagedRow[]> {
  const damaged: DamagedRow[] = [];
  for (const checked of tables) {
    for await (const found of pagesOf(library, checked)) {
      damaged.push(...found.filter((raw) => !isWhole(checked, raw)).map((raw) => nameRow(checked, raw)));
    }
  }
  return damaged;
}

/** By key and not by row number, which tables without one do not have. */
async function* pagesOf(library: Library, checked: CheckedTable): AsyncGenerator<readonly unknown[]> {
  const { table, key } = checked;
  const columns = key.join(', ');
  const order = `ORDER BY ${columns} LIMIT ${rowsPerTurn}`;
  const first = library.db.prepare(`SELECT * FROM ${table} ${order}`);
  const next = library.db.prepare(
    `SELECT * FROM ${table} WHERE (${columns}) > (${key.map(() => '?').join(', ')}) ${order}`,
  );
  let found = library.read(() => first.all());
  while (found.length > 0) {
    yield found;
    if (found.length < rowsPerTurn) return;
    await breathe();
    const last = nameRow(checked, found.at(-1)).key;
    found = library.read(() => next.all(...last));
  }
}

function isWhole(checked: CheckedTable, raw: unknown): boolean {
  const row = wholeRow.safeParse(raw);
  return row.success && isIntact(checked, row.data);
}

function nameRow({ table, key }: CheckedTable, raw: unknown): DamagedRow {
  const found = z.record(z.string(), z.unknown()).parse(raw);
  return { table, key: key.map((column) => value.catch(null).parse(found[column])) };
}
