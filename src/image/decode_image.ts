import { FileFormatError } from "../files/file_format_error.ts";
import { canDecodeByPlatform, decodeByPlatform } from "./decode_by_platform.ts";
import { decodeJpeg } from "./decode_jpeg.ts";
import { decodePng } from "./decode_png.ts";
import { readJpegFile } from "./jpeg_file.ts";
import type { Pixels } from "./pixels.ts";
import { readPngFile } from "./png_file.ts";

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** A block of 8 × 8 pixels takes one bit at least. */
const PIXELS_OF_JPEG_BYTE = 512;

/** What is wanted of an image. */
export interface DecodeOptions {
  /** What begins the messages. */
  readonly task: string;
  readonly maxPixels: number;
  readonly wantsAlpha: boolean;
}

/**
 * The pixels of a PNG or JPEG file. Its headers are read first: nothing is unpacked, and nothing allocated, that has more pixels than are
 * allowed, or more than so small a file can hold.
 *
 * @throws {FileFormatError} If it is neither, is damaged or too large.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions): Promise<Pixels> {
  const { task, wantsAlpha } = options;
  if (PNG.every((byte, i) => bytes[i] === byte)) {
    const file = readPngFile(bytes, task);
    checkSize(file, options);
    if (canDecodeByPlatform()) return decodeByPlatform([bytes], "image/png", file, task);
    return await decodePng(file, wantsAlpha, task);
  }
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    const file = readJpegFile(bytes, task);
    checkSize(file, options);
    if (file.width * file.height > bytes.length * PIXELS_OF_JPEG_BYTE) {
      throw new FileFormatError(
        `${task}: the JPEG file says ${file.width} × ${file.height} pixels, which ${bytes.length} bytes cannot hold`,
      );
    }
    if (!canDecodeByPlatform()) return await decodeJpeg(bytes, file, task);
    // Platforms turn a picture as its Exif segment says, the library does not.
    const edges = [0, ...file.exif.flat(), bytes.length];
    const parts: Uint8Array[] = [];
    for (let i = 0; i < edges.length; i += 2) parts.push(bytes.subarray(edges[i], edges[i + 1]));
    return decodeByPlatform(parts, "image/jpeg", file, task);
  }
  const found = Array.from(bytes.subarray(0, 4)).join(", ");
  throw new FileFormatError(`${task}: it must be a PNG or JPEG file, got one that begins with the bytes [${found}]`);
}

function checkSize({ width, height }: { width: number; height: number }, { task, maxPixels }: DecodeOptions): void {
  if (width * height <= maxPixels) return;
  throw new FileFormatError(
    `${task}: an image must have at most ${maxPixels} pixels, got ${width} × ${height}; set maxPixels for a larger one`,
  );
}
