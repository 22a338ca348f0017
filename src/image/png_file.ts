import { FileFormatError } from "../files/file_format_error.ts";
import { crc32 } from "./crc32.ts";

/** What is read of a PNG file before anything is unpacked. */
export interface PngFile {
  readonly width: number;
  readonly height: number;
  /** Bits of a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** 0 grey, 2 red, green and blue, 3 indices of a palette, 4 grey and alpha, 6 red, green, blue and alpha. */
  readonly colorType: number;
  readonly isInterlaced: boolean;
  /** Red, green and blue of every colour of the palette. */
  readonly palette: Uint8Array | null;
  /** The chunk tRNS. */
  readonly transparency: Uint8Array | null;
  /** The packed pixels, in their order. */
  readonly data: readonly Uint8Array[];
}

/** Which depths a colour type has. */
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/**
 * Takes a PNG file apart. Every chunk must be whole, and its checksum right; chunks that do not matter for the pixels are passed over.
 *
 * @param task what begins the messages
 * @throws {FileFormatError} If it breaks the format.
 */
export function readPngFile(bytes: Uint8Array, task: string): PngFile {
  const fail = (what: string): never => {
    throw new FileFormatError(`${task}: the PNG file ${what}`);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: Omit<PngFile, "palette" | "transparency" | "data"> | null = null;
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  const data: Uint8Array[] = [];
  for (let at = 8;;) {
    if (at + 12 > bytes.length) return fail(`must go on to the chunk IEND, but it ends after ${bytes.length} bytes`);
    const length = view.getUint32(at);
    const type = new TextDecoder("latin1").decode(bytes.subarray(at + 4, at + 8));
    const end = at + 12 + length;
    if (end > bytes.length) {
      return fail(`has a chunk of ${length} bytes at ${at}, but ends after ${bytes.length} bytes`);
    }
    const content = bytes.subarray(at + 8, end - 4);
    const isNeeded = type === "IHDR" || type === "PLTE" || type === "tRNS" || type === "IDAT";
    if (isNeeded && crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) {
      return fail(`is damaged: the checksum of the chunk ${type} at ${at} is another`);
    }
    if ((header === null) !== (type === "IHDR")) return fail("must begin with the chunk IHDR, and have one of it");
    if (type === "IHDR") header = readHeader(content, fail);
    else if (type === "PLTE") palette = content;
    else if (type === "tRNS") transparency = content;
    else if (type === "IDAT") data.push(content);
    else if (type === "IEND") break;
    at = end;
  }
  const { colorType, depth } = header!;
  if (palette !== null && (palette.length % 3 !== 0 || palette.length > 768)) {
    return fail(`must have a palette of up to 256 times 3 bytes, got ${palette.length} bytes`);
  }
  if (colorType === 3 && (palette === null || palette.length === 0)) {
    return fail("has indices of colours, but no palette");
  }
  const most = colorType === 3 ? palette!.length / 3 : colorType === 0 ? 2 : colorType === 2 ? 6 : 0;
  if (transparency !== null && (colorType === 3 ? transparency.length > most : transparency.length !== most)) {
    return fail(`has a chunk tRNS of ${transparency.length} bytes, which do not go with its colours`);
  }
  if (header!.isInterlaced && depth < 8) return fail(`is interlaced and has ${depth} bits a sample, which is not read`);
  return { ...header!, palette, transparency, data };
}

function readHeader(content: Uint8Array, fail: (what: string) => never) {
  if (content.length !== 13) return fail(`must have a header of 13 bytes, got ${content.length}`);
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [depth, colorType, compression, filter, interlace] = content.subarray(8);
  if (width === 0 || height === 0) return fail(`must have at least one pixel, got ${width} × ${height}`);
  if (!DEPTHS[colorType]?.includes(depth)) {
    return fail(`must have a colour type and bits a sample of the format, got ${colorType} and ${depth}`);
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    return fail(
      `must be packed, filtered and interlaced as the format says, got [${[compression, filter, interlace]}]`,
    );
  }
  return { width, height, depth, colorType, isInterlaced: interlace === 1 };
}
