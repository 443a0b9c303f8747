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
const rowNumber = z.object({ row_number: z.number() });
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
    const page = library.db.prepare(
      `SELECT rowid AS row_number, * FROM ${checked.table} WHERE rowid > ? ORDER BY rowid LIMIT ${rowsPerTurn}`,
    );
    let last = 0;
    for (;;) {
      const found = library.read(() => page.all(last));
      damaged.push(...found.filter((raw) => !isWhole(checked, raw)).map((raw) => nameRow(checked, raw)));
      if (found.length < rowsPerTurn) break;
      last = rowNumber.parse(found.at(-1)).row_number;
      await breathe();
    }
  }
  return damaged;
}

function isWhole(checked: CheckedTable, raw: unknown): boolean {
  const row = wholeRow.safeParse(raw);
  return row.success && isIntact(checked, row.data);
}

function nameRow({ table, key }: CheckedTable, raw: unknown): DamagedRow {
  const found = z.record(z.string(), z.unknown()).parse(raw);
  return { table, key: key.map((column) => value.catch(null).parse(found[column])) };
}
