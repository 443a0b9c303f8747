export { checksumOf, isIntact, withChecksum } from './checksums.ts';
export type { CheckedTable, ColumnValue } from './checksums.ts';
export type { ChangeFeed, Library } from './library.ts';
export { acquireLibraryLock } from './lock.ts';
export type { HeldLibrary, OwnedLibrary, OwnerAddress } from './lock.ts';
export { openLibrary } from './open.ts';
export { requireLength, storableText } from './storable-text.ts';
export { verifyLibrary } from './verify.ts';
export type { DamagedRow } from './verify.ts';
