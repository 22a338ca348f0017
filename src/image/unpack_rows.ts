import { FileFormatError } from "../files/file_format_error.ts";
import type { PngFile } from "./png_file.ts";

/** A byte of deflate stands for at most so many (258 in 2 bits). */
const MOST_RATIO = 1032;

/** Samples of a pixel in the file. */
export const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** The passes of an interlaced image: first column and row, and their steps. */
const PASSES = [[0, 0, 8, 8], [4, 0, 8, 8], [0, 4, 4, 8], [2, 0, 4, 4], [0, 2, 2, 4], [1, 0, 2, 2], [0, 1, 1, 2]];

/** How many bytes the rows take, each with the byte of its filter before it. */
function countBytes({ width, height, depth, colorType, isInterlaced }: PngFile): number {
  const bits = depth * SAMPLES[colorType];
  const count = (columns: number, rows: number): number =>
    columns === 0 || rows === 0 ? 0 : rows * (1 + Math.ceil(columns * bits / 8));
  if (!isInterlaced) return count(width, height);
  return PASSES.reduce(
    (sum, [x, y, dx, dy]) =>
      sum + count(Math.max(0, Math.ceil((width - x) / dx)), Math.max(0, Math.ceil((height - y) / dy))),
    0,
  );
}

/**
 * Unpacks the filtered rows of a PNG file: as many bytes as its header says, and not one more.
 *
 * @param task what begins the messages
 * @throws {FileFormatError} If there are fewer or more, or they are damaged.
 */
export async function unpackRows(file: PngFile, task: string): Promise<Uint8Array> {
  const size = countBytes(file);
  const packed = file.data.reduce((sum, part) => sum + part.length, 0);
  const refuse = (found: string, cause?: unknown): FileFormatError =>
    new FileFormatError(
      `${task}: the PNG file of ${file.width} × ${file.height} pixels must hold ${size} bytes, ${found}`,
      { cause },
    );
  if (size > packed * MOST_RATIO) throw refuse(`which ${packed} bytes cannot be unpacked to`);
  const unpacker = new DecompressionStream("deflate");
  const writer = unpacker.writable.getWriter();
  // What goes wrong shows itself where the stream is read.
  for (const part of file.data) writer.write(part as Uint8Array<ArrayBuffer>).catch(() => {});
  writer.close().catch(() => {});
  const reader = unpacker.readable.getReader();
  const rows = new Uint8Array(size);
  let length = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (length + next.value.length > size) throw refuse("but more are packed in it");
      rows.set(next.value, length);
      length += next.value.length;
    }
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause;
    throw refuse(`but what is packed in it is damaged: ${cause instanceof Error ? cause.message : cause}`, cause);
  } finally {
    reader.cancel().catch(() => {});
  }
  if (length < size) throw refuse(`but only ${length} are packed in it`);
  return rows;
}
