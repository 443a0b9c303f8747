export { checksumOf, isIntact, withChecksum } from './checksums.ts';
export type { CheckedTable, ColumnValue } from './checksums.ts';
export type { ChangeFeed, Library } from './library.ts';
export { openLibrary } from './open.ts';
export { requireLength, storableText } from './storable-text.ts';
