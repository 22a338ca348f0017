/** The path of a file called `name` in the folder of `path`; Windows takes both kinds of slash. */
export function nameBeside(path: string | URL, name: string): string | URL {
  if (path instanceof URL) return new URL(name, path);
  return path.slice(0, endOfFolder(path)) + name;
}

/** The folder of a file: `.` for a name alone. */
export function nameFolder(path: string | URL): string | URL {
  if (path instanceof URL) return new URL(".", path);
  return path.slice(0, endOfFolder(path)) || ".";
}

function endOfFolder(path: string): number {
  return Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
}
