import { explainFileError } from "./explain_file_error.ts";
import { explainMissingLeave } from "./explain_missing_leave.ts";
import type { FileStatus, FileSystem } from "./file_system.ts";
import { loadFileSystem } from "./load_file_system.ts";
import { nameBeside, nameFolder } from "./name_beside.ts";
import { isGranted } from "./permissions.ts";
import { quotePath } from "./quote_path.ts";
import { resolveFilePath } from "./resolve_file_path.ts";
import { holdTemporary, nameTemporary, removeAbandoned } from "./temporary_files.ts";
import { writeAll } from "./write_all.ts";
import { writeFileInPlace } from "./write_file_in_place.ts";

/** Options of {@link writeFileAtomically}. */
export interface WriteFileOptions {
  /** The file system to write to. Default: the runtime's own. */
  readonly fileSystem?: FileSystem;
}

/** How often a temporary file that somebody else has removed is written anew. */
const ATTEMPTS = 3;

/**
 * Writes a file in one step: whoever reads `path`, also after a crash, finds the old bytes or the new, never a part.
 *
 * The bytes go to a new file `.retroprop-<random>.tmp` in the same folder, are synced to the disk, and the file is
 * renamed. On any failure (full disk, no permission, a directory of that name) the new file is removed, the old one
 * stays as it was, and an `Error` names the path and the reason, with the system's error as its `cause`. Temporary files that
 * killed processes have left in the folder are removed first.
 * A symbolic link at `path` is replaced, not followed, and the file gets the default permissions.
 *
 * In Deno this needs `--allow-write` and `--allow-read` of the folder (renaming needs both). With `--allow-write` of the file
 * alone it is written over in place, after what is longer than the old file, so that a full disk does no harm, but a crash in
 * that moment may. Where there is no file system, as in a browser, the error says to use `toBytes()`.
 */
export async function writeFileAtomically(
  path: string | URL,
  bytes: Uint8Array,
  options: WriteFileOptions = {},
): Promise<void> {
  const task = `Cannot write file ${quotePath(path)}`;
  if (!(bytes instanceof Uint8Array)) throw new TypeError(`${task}: bytes must be a Uint8Array, got ${typeof bytes}`);
  const target = resolveFilePath(path, task);
  const instead = "use toBytes() and store the bytes yourself";
  const system = options.fileSystem ?? await loadFileSystem(task, { instead });
  try {
    if (!mayReplace(target) && isGranted("write", target)) return await writeFileInPlace(system, target, bytes);
    await refuseDevice(system, target);
    await removeAbandoned(system, nameFolder(target), (name) => nameBeside(target, name));
    for (let attempt = 1;; attempt++) {
      if (await replaceFile(system, target, bytes, attempt === ATTEMPTS)) return;
    }
  } catch (cause) {
    const isRefused = (cause as Error | undefined)?.name === "NotCapable";
    throw isRefused ? explainMissingLeave(task, target, cause) : explainFileError(task, cause);
  }
}

/** Makes and removes an empty file beside that one, where this process may; throws what the system says. */
export async function probeFolder(system: FileSystem, path: string | URL): Promise<void> {
  await refuseDevice(system, path);
  if (!mayReplace(path)) return;
  const temporary = nameBeside(path, nameTemporary());
  const release = await writeNewFile(system, temporary, new Uint8Array(0));
  release();
  await system.unlink(temporary);
}

/** Whether this process may make a file beside that one and rename it. */
function mayReplace(path: string | URL): boolean {
  const temporary = nameBeside(path, nameTemporary());
  return isGranted("write", path) && isGranted("write", temporary) && isGranted("read", temporary);
}

/** Renaming onto a device, a pipe or a socket would replace it: `/dev/null` would be a file from then on. */
async function refuseDevice(system: FileSystem, path: string | URL): Promise<void> {
  let status: FileStatus;
  try {
    status = await system.stat(path);
  } catch {
    return; // nothing is there, or what is wrong shows when the new file is made
  }
  if (status.isFile() || status.isDirectory()) return;
  throw new Error("it must be a regular file or a new one, but it is a device, a pipe or a socket");
}

/** Writes a temporary file and renames it. False if it was gone before it was renamed, unless that is to be an error. */
async function replaceFile(
  system: FileSystem,
  path: string | URL,
  bytes: Uint8Array,
  isLast: boolean,
): Promise<boolean> {
  const temporary = nameBeside(path, nameTemporary());
  const release = await writeNewFile(system, temporary, bytes);
  try {
    await system.rename(temporary, path);
    return true;
  } catch (error) {
    const isGone = (error as { code?: unknown }).code === "ENOENT" && !isLast;
    await remove(system, temporary);
    if (!isGone) throw error;
    return false;
  } finally {
    release();
  }
}

/** Makes a new file with these bytes, on the disk when this returns; removes what it made when it fails. What comes back ends its lock. */
async function writeNewFile(system: FileSystem, path: string | URL, bytes: Uint8Array): Promise<() => void> {
  const file = await system.open(path, "wx");
  const release = holdTemporary(path);
  let open = true;
  try {
    await writeAll(file, bytes);
    await file.sync();
    open = false;
    await file.close();
    return release;
  } catch (error) {
    if (open) await file.close().catch(() => {});
    await remove(system, path);
    release();
    throw error;
  }
}

/** Removes the temporary file; a failure here must not hide the one that led here. */
async function remove(system: FileSystem, path: string | URL): Promise<void> {
  await system.unlink(path).catch(() => {});
}
