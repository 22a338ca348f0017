/**
 * Reads the files under some folders of the working directory whose names match: path → text, sorted by path.
 *
 * By default those of TypeScript and JavaScript.
 *
 * A folder that does not exist holds no files.
 */
export async function readTree(folders: readonly string[], names = /\.[jt]s$/): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of folders) await readFolder(folder, names, files);
  return new Map([...files].sort(([a], [b]) => a < b ? -1 : 1));
}

async function readFolder(folder: string, names: RegExp, files: Map<string, string>): Promise<void> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) await readFolder(path, names, files);
    else if (names.test(entry.name)) files.set(path, await Deno.readTextFile(path));
  }
}
