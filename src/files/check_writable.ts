import { explainFileError } from "./explain_file_error.ts";
import { explainMissingLeave } from "./explain_missing_leave.ts";
import { loadFileSystem } from "./load_file_system.ts";
import { requestPermission } from "./permissions.ts";
import { quotePath } from "./quote_path.ts";
import { resolveFilePath } from "./resolve_file_path.ts";
import { probeFolder } from "./write_file_atomically.ts";

/**
 * Finds out whether a file can be written later, before hours are spent on what it is to hold: Deno's permission, the folder, the disk.
 * Deno may ask for the permission on a terminal. The file itself is not touched.
 *
 * @param options `isFolderThere`: false where the folder will be made later; then only the permission is looked at
 * @throws Error that names the path and says what is needed
 */
export async function checkWritable(path: string | URL, { isFolderThere = true } = {}): Promise<void> {
  const task = `Cannot write file ${quotePath(path)}`;
  const target = resolveFilePath(path, task);
  const system = await loadFileSystem(task, { instead: "use toBytes() and store the bytes yourself" });
  if (!requestPermission("write", target)) throw explainMissingLeave(task, target);
  if (!isFolderThere) return;
  try {
    await probeFolder(system, target);
  } catch (cause) {
    throw explainFileError(task, cause);
  }
}
