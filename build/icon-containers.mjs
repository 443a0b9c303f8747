/**
 * A Windows icon file that holds each picture as PNG, which Windows reads since Vista.
 *
 * @param {Map<number, Buffer>} pictures square PNGs by their side in pixels, at most 256
 */
export function icoOf(pictures) {
  const entries = [...pictures];
  const header = Buffer.alloc(6 + 16 * entries.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(entries.length, 4);
  let offset = header.length;
  entries.forEach(([size, png], index) => {
    const at = 6 + 16 * index;
    // One byte a side: 256 is written as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...entries.map(([, png]) => png)]);
}

/**
 * Apple's names for a PNG of so many pixels; the second of a pair is for displays of double density.
 *
 * @type {[string, number][]}
 */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/**
 * An icon file of macOS.
 *
 * @param {Map<number, Buffer>} pictures square PNGs by their side in pixels: 16 to 1024 by powers of two
 */
export function icnsOf(pictures) {
  const chunks = icnsTypes.map(([type, size]) => chunk(type, pictures.get(size)));
  return chunk('icns', Buffer.concat(chunks));
}

function chunk(type, content) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([header, content]);
}
