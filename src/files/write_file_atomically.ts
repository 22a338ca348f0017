import { checkFilePath } from "./check_file_path.ts";
import { explainFileError } from "./explain_file_error.ts";
import type { FileStatus, FileSystem } from "./file_system.ts";
import { loadFileSystem } from "./load_file_system.ts";

/** Options of {@link writeFileAtomically}. */
export interface WriteFileOptions {
  /** The file system to write to. Default: the runtime's own. */
  readonly fileSystem?: FileSystem;
}

/**
 * Writes a file in one step: whoever reads `path`, also after a crash, finds the old bytes or the new, never a part.
 *
 * The bytes go to a new file `.retroprop-<random>.tmp` in the same folder, are synced to the disk, and the file is
 * renamed. On any failure (full disk, no permission, a directory of that name) the new file is removed, the old one
 * stays as it was, and an `Error` names the path and the reason, with the system's error as its `cause`.
 * A symbolic link at `path` is replaced, not followed, and the file gets the default permissions.
 *
 * Deno asks for `--allow-write` and `--allow-read` of the folder (renaming needs both). Where there is no file system,
 * as in a browser, the error says to use `toBytes()`.
 */
export async function writeFileAtomically(
  path: string | URL,
  bytes: Uint8Array,
  options: WriteFileOptions = {},
): Promise<void> {
  const task = `Cannot write file ${JSON.stringify(String(path))}`;
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`${task}: bytes must be a Uint8Array, got ${typeof bytes}`);
  checkFilePath(path, task);
  const instead = "use toBytes() and store the bytes yourself";
  const system = options.fileSystem ?? await loadFileSystem(task, { instead });
  await refuseDevice(system, path, task);
  const temporary = nameBeside(path, `.retroprop-${crypto.randomUUID()}.tmp`);
  try {
    await writeNewFile(system, temporary, bytes);
  } catch (cause) {
    throw explainFileError(task, cause);
  }
  try {
    await system.rename(temporary, path);
  } catch (cause) {
    await remove(system, temporary);
    throw explainFileError(task, cause);
  }
}

/** Renaming onto a device, a pipe or a socket would replace it: `/dev/null` would be a file from then on. */
async function refuseDevice(system: FileSystem, path: string | URL, task: string): Promise<void> {
  let status: FileStatus;
  try {
    status = await system.stat(path);
  } catch {
    return; // nothing is there, or what is wrong shows when the new file is made
  }
  if (status.isFile() || status.isDirectory()) return;
  throw new Error(`${task}: it must be a regular file or a new one, but it is a device, a pipe or a socket`);
}

/** The path of a file called `name` in the folder of `path`; Windows takes both kinds of slash. */
function nameBeside(path: string | URL, name: string): string | URL {
  if (path instanceof URL) return new URL(name, path);
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1) + name;
}

/** Makes a new file with these bytes, on the disk when this returns; removes what it made when it fails. */
async function writeNewFile(system: FileSystem, path: string | URL, bytes: Uint8Array): Promise<void> {
  const file = await system.open(path, "wx");
  let open = true;
  try {
    for (let written = 0; written < bytes.length;) {
      const { bytesWritten } = await file.write(bytes, written, bytes.length - written);
      if (!(bytesWritten > 0)) throw new Error(`the disk took ${written} of ${bytes.length} bytes and then no more`);
      written += bytesWritten;
    }
    await file.sync();
    open = false;
    await file.close();
  } catch (error) {
    if (open) await file.close().catch(() => {});
    await remove(system, path);
    throw error;
  }
}

/** Removes the temporary file; a failure here must not hide the one that led here. */
async function remove(system: FileSystem, path: string | URL): Promise<void> {
  await system.unlink(path).catch(() => {});
}
