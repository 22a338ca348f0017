import { isPathLike } from "./resolve_file_path.ts";

/** A path in quotes, for messages; of what is no path, such as the content of a file, nothing is shown. */
export function quotePath(path: unknown): string {
  return isPathLike(path) ? JSON.stringify(String(path)) : '"…"';
}
