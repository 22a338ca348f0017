import { loadNodeModule } from "../files/load_node_module.ts";
import { explainFileError } from "../files/explain_file_error.ts";
import { nameFolder } from "../files/name_beside.ts";
import { isGranted } from "../files/permissions.ts";

/**
 * Makes the folder that a file is to be in, and those above it, where they do not exist. Without a file system, as in a
 * browser, it does nothing: writing the file then says so.
 *
 * @param path The path of the file.
 * @throws {Error} If the folder cannot be made; the message names the path and the reason.
 */
export async function makeParentFolder(path: string | URL): Promise<void> {
  const folder = nameFolder(path);
  if (folder === "." || !isGranted("write", folder)) return; // with leave for the file alone, the folder has to be there
  let system: typeof import("node:fs/promises");
  try {
    system = await loadNodeModule<typeof import("node:fs/promises")>("node:fs/promises");
    if (typeof system.mkdir !== "function") return;
  } catch {
    return;
  }
  try {
    await system.mkdir(folder, { recursive: true });
  } catch (cause) {
    throw explainFileError(`Cannot make the folder of ${JSON.stringify(String(path))}`, cause);
  }
}
