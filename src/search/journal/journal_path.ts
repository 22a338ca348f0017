import { resolveFilePath } from "../../files/resolve_file_path.ts";

/**
 * The path of a journal as SQLite takes it, of a path or a `file:` URL; `task` begins the error.
 *
 * @throws {RangeError} For what SQLite would not take for a file, but for a database in memory or a URL of its own kind.
 */
export function journalPath(path: string | URL, task: string): string {
  const file = resolveFilePath(path, task);
  if (typeof file === "string") {
    if (!/^\s*(:memory:|file:|$)/i.test(file)) return file;
    throw new RangeError(
      `${task}: it must be a file, for what is in memory is lost with the process, got ${JSON.stringify(file)}`,
    );
  }
  return decodeURIComponent(file.pathname).replace(/^\/(?=[A-Za-z]:\/)/, "");
}
