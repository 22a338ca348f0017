import type { OpenFile } from "./file_system.ts";

/** Writes the bytes from `from` to `to` to the same places of a file; without `isPlaced`, one after the other. */
export async function writeAll(
  file: OpenFile,
  bytes: Uint8Array,
  { from = 0, to = bytes.length, isPlaced = false } = {},
): Promise<void> {
  for (let at = from; at < to;) {
    const { bytesWritten } = await file.write(bytes, at, to - at, ...(isPlaced ? [at] : []));
    if (!(bytesWritten > 0)) throw new Error(`the disk took ${at} of ${bytes.length} bytes and then no more`);
    at += bytesWritten;
  }
}
