import { checkFilePath } from "../files/check_file_path.ts";

/** The path of a journal as SQLite takes it, of a path or a `file:` URL; `task` begins the error. */
export function journalPath(path: string | URL, task: string): string {
  checkFilePath(path, task);
  if (typeof path === "string") return path;
  return decodeURIComponent(path.pathname).replace(/^\/(?=[A-Za-z]:\/)/, "");
}
