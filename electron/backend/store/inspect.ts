import { accessSync, closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { refuse } from '#shared/domain/failure.ts';
import { systemCode } from './sqlite-errors.ts';
import { readCommittedPageOne } from './wal-header.ts';

/** "Schl": marks a SQLite file as a library of ours. */
export const applicationId = 0x5363686c;

// Source of all offsets: https://sqlite.org/fileformat2.html, section 1.3.
const magic = Buffer.from('SQLite format 3\0', 'latin1');
/** The file's header and the first bytes of the schema's root page. */
const headBytes = 108;
const emptyLeafPage = 0x0d;

/**
 * Looks at a file before SQLite does, since SQLite's opening already writes beside it and may write
 * into it. Throws `AppError` `library-not-sqlite`, `library-newer`, `library-damaged`,
 * `library-read-only` or `library-unreachable`, with the file and its folder untouched.
 *
 * Must not be called for a library this process has open: closing any of its descriptors gives up
 * SQLite's POSIX locks on the file.
 */
export function inspectLibraryFile(path: string, knownVersion: number): void {
  const walBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const head = readHead(path);
  if (head === null || head.sizeBytes === 0) {
    // SQLite would delete a log that lost its library, and with it all it holds.
    if (walBytes > 0) throw refuse('library-damaged', { path, damagedRows: 0 });
  } else {
    if (!head.bytes.subarray(0, magic.length).equals(magic)) throw refuse('library-not-sqlite', { path });
    const pageOne = walBytes > 0 ? readCommittedPageOne(`${path}-wal`) : null;
    requireOurs(path, pageOne ?? head.bytes, knownVersion);
    if (pageOne === null) requireWhole(path, head);
  }
  requireWritable(path, head !== null);
}

interface Head {
  readonly bytes: Buffer;
  readonly sizeBytes: number;
}

function readHead(path: string): Head | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    const reason = systemCode(error);
    if (reason === 'ENOENT') return null;
    throw refuse('library-unreachable', { path, reason: reason ?? 'unknown' }, { cause: error });
  }
  try {
    const bytes = Buffer.alloc(headBytes);
    readSync(file, bytes, 0, headBytes, 0);
    return { bytes, sizeBytes: fstatSync(file).size };
  } finally {
    closeSync(file);
  }
}

function requireOurs(path: string, pageOne: Buffer, knownVersion: number): void {
  const foundVersion = pageOne.readInt32BE(60);
  const foundApplication = pageOne.readUInt32BE(68);
  if (foundApplication !== applicationId) {
    // A library whose first start was cut off is an empty database still without our mark.
    const isEmpty = pageOne[100] === emptyLeafPage && pageOne.readUInt16BE(103) === 0;
    if (foundApplication === 0 && foundVersion === 0 && isEmpty) return;
    throw refuse('library-not-sqlite', { path });
  }
  if (foundVersion > knownVersion) throw refuse('library-newer', { path, foundVersion, knownVersion });
  if (foundVersion < 1) throw refuse('library-damaged', { path, damagedRows: 0 });
}

/** A file shorter than its own header says was cut off; with a log beside it, that may be in order. */
function requireWhole(path: string, { bytes, sizeBytes }: Head): void {
  const pageField = bytes.readUInt16BE(16);
  const pageBytes = pageField === 1 ? 65_536 : pageField;
  const isPageCountValid = bytes.readUInt32BE(24) === bytes.readUInt32BE(92);
  if (isPageCountValid && sizeBytes < bytes.readUInt32BE(28) * pageBytes) {
    throw refuse('library-damaged', { path, damagedRows: 0 });
  }
}

function requireWritable(path: string, isThere: boolean): void {
  try {
    // Opening asks the file system itself; permission bits alone say nothing of a read-only mount.
    if (isThere) closeSync(openSync(path, 'r+'));
    accessSync(dirname(path), constants.W_OK);
  } catch (error) {
    throw refuse('library-read-only', { path }, { cause: error });
  }
}
