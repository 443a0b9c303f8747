import { crc32 } from 'node:zlib';

export type ColumnValue = string | number | null;

/** A table whose rows carry, in their column `checksum`, a checksum over the columns named here. */
export interface CheckedTable<Column extends string = string> {
  readonly table: string;
  /** The primary key's columns, enough to name a row. */
  readonly key: readonly string[];
  /** In this order for ever: another order gives other checksums. */
  readonly columns: readonly Column[];
}

type Content<Column extends string> = Readonly<Record<Column, ColumnValue>>;

/**
 * CRC-32 (IEEE 802.3) over the UTF-8 of the table's name and the columns' values in order, texts
 * with their lengths before them (https://cr.yp.to/proto/netstrings.txt), which keeps neighbours
 * apart. The table's name keeps a row that strayed from passing.
 */
export function checksumOf<Column extends string>(
  checked: CheckedTable<Column>,
  row: Content<Column>,
): number {
  let encoded = encode(checked.table);
  for (const column of checked.columns) encoded += encode(row[column]);
  return crc32(encoded);
}

function encode(value: ColumnValue): string {
  if (value === null) return '~';
  return typeof value === 'number' ? `#${value};` : `${value.length}:${value},`;
}

/** The row as it is stored: with its checksum. */
export function withChecksum<Column extends string, Row extends Content<Column>>(
  checked: CheckedTable<Column>,
  row: Row,
): Row & { readonly checksum: number } {
  return { ...row, checksum: checksumOf(checked, row) };
}

/** False when a stored row is not what was written. SQLite's own checks miss most flipped bytes. */
export function isIntact<Column extends string>(
  checked: CheckedTable<Column>,
  row: Content<Column> & { readonly checksum: number },
): boolean {
  return checksumOf(checked, row) === row.checksum;
}
