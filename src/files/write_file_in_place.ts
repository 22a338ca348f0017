import type { FileInPlace, FileSystem } from "./file_system.ts";
import { writeAll } from "./write_all.ts";

/**
 * Writes over a file, or makes it: for where no other file may be made beside it.
 *
 * What is longer than the old file is written and synced first, so that a full disk leaves the old bytes as they were. Who reads in the
 * meantime, or after a crash, may find a part of each: files of this library have checksums.
 *
 * @throws The system's error; the message says if the old bytes are lost
 */
export async function writeFileInPlace(system: FileSystem, path: string | URL, bytes: Uint8Array): Promise<void> {
  const { O_WRONLY, O_CREAT } = system.constants!;
  const file = await system.open(path, O_WRONLY | O_CREAT) as FileInPlace;
  try {
    const status = await file.stat();
    if (!status.isFile()) {
      throw new Error("it must be a regular file or a new one, but it is a device, a pipe or a socket");
    }
    try {
      await writeAll(file, bytes, { from: Math.min(status.size, bytes.length), isPlaced: true });
      await file.sync();
    } catch (error) {
      await file.truncate(status.size).catch(() => {});
      throw error;
    }
    try {
      await writeAll(file, bytes, { to: Math.min(status.size, bytes.length), isPlaced: true });
      if (bytes.length < status.size) await file.truncate(bytes.length);
      await file.sync();
    } catch (cause) {
      throw new Error(`${(cause as Error).message}; the old content is damaged`, { cause });
    }
  } finally {
    await file.close().catch(() => {});
  }
}
