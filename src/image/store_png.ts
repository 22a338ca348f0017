import type { PngFile } from "./png_file.ts";

/** A block of deflate that is stored as it is has at most so many bytes. */
const BLOCK = 65535;

/**
 * The filtered rows of an image as a PNG file in which they are stored unpacked, so that the library need not unpack anything. It has no
 * checksums, which the library does not look at.
 */
export function storePng({ width, height, depth, colorType, isInterlaced }: PngFile, rows: Uint8Array): Uint8Array {
  const blocks = Math.ceil(rows.length / BLOCK);
  const stored = 2 + rows.length + 5 * blocks + 4;
  const bytes = new Uint8Array(8 + 25 + 12 + stored + 12);
  const view = new DataView(bytes.buffer);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const begin = (at: number, type: string, length: number): number => {
    view.setUint32(at, length);
    for (let i = 0; i < 4; i++) bytes[at + 4 + i] = type.charCodeAt(i);
    return at + 8;
  };
  let at = begin(8, "IHDR", 13);
  view.setUint32(at, width);
  view.setUint32(at + 4, height);
  bytes.set([depth, colorType, 0, 0, isInterlaced ? 1 : 0], at + 8);
  at = begin(at + 17, "IDAT", stored);
  bytes.set([0x78, 0x01], at);
  at += 2;
  for (let from = 0; from < rows.length; from += BLOCK) {
    const part = rows.subarray(from, from + BLOCK);
    bytes[at] = from + BLOCK >= rows.length ? 1 : 0;
    view.setUint16(at + 1, part.length, true);
    view.setUint16(at + 3, ~part.length & 0xffff, true);
    bytes.set(part, at + 5);
    at += 5 + part.length;
  }
  begin(at + 8, "IEND", 0);
  return bytes;
}
