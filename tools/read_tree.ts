/**
 * Reads all TypeScript and JavaScript files under some folders of the working directory: path → text, sorted by path.
 *
 * A folder that does not exist holds no files.
 */
export async function readTree(folders: readonly string[]): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const folder of folders) await readFolder(folder, files);
  return new Map([...files].sort(([a], [b]) => a < b ? -1 : 1));
}

async function readFolder(folder: string, files: Map<string, string>): Promise<void> {
  let entries: Deno.DirEntry[];
  try {
    entries = await Array.fromAsync(Deno.readDir(folder));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  for (const entry of entries) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) await readFolder(path, files);
    else if (/\.[jt]s$/.test(entry.name)) files.set(path, await Deno.readTextFile(path));
  }
}
