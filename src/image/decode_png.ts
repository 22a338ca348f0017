import { loadDecoders } from "./load_decoders.ts";
import type { Pixels } from "./pixels.ts";
import type { PngFile } from "./png_file.ts";
import { storePng } from "./store_png.ts";
import { SAMPLES, unpackRows } from "./unpack_rows.ts";

/**
 * The pixels of a PNG file, 8 bits a number: fewer bits are stretched over 0 to 255, of 16 the upper 8 are kept, a palette is looked up.
 *
 * @param wantsAlpha whether colours that the chunk tRNS makes transparent are to have alpha 0
 * @throws {FileFormatError} If its pixels are damaged.
 */
export async function decodePng(file: PngFile, wantsAlpha: boolean, task: string): Promise<Pixels> {
  const decoders = await loadDecoders();
  const rows = await unpackRows(file, task);
  const { data } = decoders.decodePng(storePng(file, rows));
  const { width, height, colorType } = file;
  const samples = file.depth < 8 ? unpackBits(data as Uint8Array, file) : data;
  if (colorType === 3) return lookUp(samples as Uint8Array, file, wantsAlpha);
  const bytes = samples instanceof Uint16Array ? Uint8Array.from(samples, (value) => value >> 8) : samples;
  if (colorType === 4) return { width, height, channels: 4, data: repeatGrey(bytes) };
  if (colorType === 6) return { width, height, channels: 4, data: bytes };
  const channels = colorType === 0 ? 1 : 3;
  if (!wantsAlpha || file.transparency === null) {
    return { width, height, channels, data: file.depth < 8 ? stretch(bytes as Uint8Array, file.depth) : bytes };
  }
  return addAlpha(samples, file.depth < 8 ? stretch(bytes as Uint8Array, file.depth) : bytes, file);
}

/** One number a byte, of rows that begin with a byte each. */
function unpackBits(data: Uint8Array, { width, height, depth, colorType }: PngFile): Uint8Array {
  const rowLength = Math.ceil(width * depth * SAMPLES[colorType] / 8);
  const numbers = new Uint8Array(width * height);
  const mask = (1 << depth) - 1;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      numbers[at++] = data[y * rowLength + (bit >> 3)] >> (8 - depth - (bit & 7)) & mask;
    }
  }
  return numbers;
}

function stretch(numbers: Uint8Array, depth: number): Uint8Array {
  const factor = 255 / ((1 << depth) - 1);
  return numbers.map((value) => value * factor);
}

/** The colours of indices; one behind the palette's end is black, as the library for PNG, libpng, has it. */
function lookUp(indices: Uint8Array, { width, height, palette, transparency }: PngFile, wantsAlpha: boolean): Pixels {
  const channels = wantsAlpha ? 4 : 3;
  const data = new Uint8Array(width * height * channels);
  for (let i = 0, at = 0; i < indices.length; i++, at += channels) {
    const from = 3 * indices[i];
    data[at] = palette![from];
    data[at + 1] = palette![from + 1];
    data[at + 2] = palette![from + 2];
    if (wantsAlpha) data[at + 3] = transparency?.[indices[i]] ?? 255;
  }
  return { width, height, channels, data };
}

/** Grey and alpha as red, green, blue and alpha. */
function repeatGrey(bytes: Uint8Array | Uint8ClampedArray): Uint8Array {
  const data = new Uint8Array(bytes.length * 2);
  for (let i = 0, at = 0; i < bytes.length; i += 2, at += 4) {
    data[at] = data[at + 1] = data[at + 2] = bytes[i];
    data[at + 3] = bytes[i + 1];
  }
  return data;
}

/** Alpha 0 for the one colour that is transparent, compared with all its bits, else 255. */
function addAlpha(
  samples: ArrayLike<number>,
  bytes: Uint8Array | Uint8ClampedArray,
  { width, height, transparency }: PngFile,
): Pixels {
  const count = transparency!.length / 2;
  const clear = Array.from({ length: count }, (_, i) => transparency![2 * i] << 8 | transparency![2 * i + 1]);
  const data = new Uint8Array(width * height * 4);
  for (let i = 0, at = 0; at < data.length; i += count, at += 4) {
    let isClear = true;
    for (let k = 0; k < count; k++) isClear &&= samples[i + k] === clear[k];
    for (let k = 0; k < 3; k++) data[at + k] = bytes[i + (count === 3 ? k : 0)];
    data[at + 3] = isClear ? 0 : 255;
  }
  return { width, height, channels: 4, data };
}
