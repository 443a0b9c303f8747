import { closeSync, openSync, readSync } from 'node:fs';

// Source of all offsets and of the checksum: https://sqlite.org/fileformat2.html, section 4.
const headerBytes = 32;
const frameHeaderBytes = 24;
const magicLittleEndian = 0x377f0682;
const magicBigEndian = 0x377f0683;

/**
 * Page 1 as the newest committed transaction in a write-ahead log left it, or `null` when the log
 * holds none. Reads only: opening the database itself would already change its files.
 */
export function readCommittedPageOne(walPath: string): Buffer | null {
  const file = openSync(walPath, 'r');
  try {
    return findPageOne((buffer, position) => readSync(file, buffer, 0, buffer.length, position));
  } finally {
    closeSync(file);
  }
}

function findPageOne(read: (buffer: Buffer, position: number) => number): Buffer | null {
  const header = Buffer.alloc(headerBytes);
  if (read(header, 0) < headerBytes) return null;
  const magic = header.readUInt32BE(0);
  if (magic !== magicLittleEndian && magic !== magicBigEndian) return null;
  const isLittleEndian = magic === magicLittleEndian;
  const pageBytes = header.readUInt32BE(8);
  if (pageBytes < 512 || pageBytes > 65_536) return null;

  let sums = addToChecksum([0, 0], header.subarray(0, 24), isLittleEndian);
  if (!matches(sums, header, 24)) return null;

  let pending: Buffer | null = null;
  let committed: Buffer | null = null;
  const frame = Buffer.alloc(frameHeaderBytes + pageBytes);
  for (let position = headerBytes; read(frame, position) === frame.length; position += frame.length) {
    // Frames of an earlier round carry other salts; a torn one has the wrong checksum.
    if (frame.compare(header, 16, 24, 8, 16) !== 0) break;
    sums = addToChecksum(sums, frame.subarray(0, 8), isLittleEndian);
    sums = addToChecksum(sums, frame.subarray(frameHeaderBytes), isLittleEndian);
    if (!matches(sums, frame, 16)) break;
    if (frame.readUInt32BE(0) === 1) pending = Buffer.from(frame.subarray(frameHeaderBytes));
    const isCommit = frame.readUInt32BE(4) > 0;
    if (isCommit) committed = pending;
  }
  return committed;
}

type Sums = readonly [number, number];

function addToChecksum(sums: Sums, bytes: Buffer, isLittleEndian: boolean): Sums {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [first, second] = sums;
  for (let offset = 0; offset < bytes.length; offset += 8) {
    first = (first + words.getUint32(offset, isLittleEndian) + second) >>> 0;
    second = (second + words.getUint32(offset + 4, isLittleEndian) + first) >>> 0;
  }
  return [first, second];
}

function matches(sums: Sums, bytes: Buffer, offset: number): boolean {
  return sums[0] === bytes.readUInt32BE(offset) && sums[1] === bytes.readUInt32BE(offset + 4);
}
