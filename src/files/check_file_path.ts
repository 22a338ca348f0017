/**
 * Throws a `TypeError` that begins with `task` unless `path` is a non-empty string or a `file:` URL.
 *
 * The file systems of Deno, Node and Bun take both, so nothing is converted.
 */
export function checkFilePath(path: string | URL, task: string): void {
  if (path instanceof URL) {
    if (path.protocol === "file:") return;
    throw new TypeError(`${task}: a URL must begin with file:, got ${path.protocol}`);
  }
  if (typeof path === "string" && path !== "") return;
  throw new TypeError(`${task}: path must be a non-empty string or a URL, got ${JSON.stringify(path) ?? typeof path}`);
}
