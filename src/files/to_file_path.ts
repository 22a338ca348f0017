/**
 * The path that a string or a `file:` URL stands for; relative paths stay relative.
 *
 * Throws a `TypeError` that begins with `task` for anything else, an empty string, and a URL of another kind.
 */
export async function toFilePath(path: string | URL, task: string): Promise<string> {
  if (path instanceof URL) {
    if (path.protocol !== "file:") throw new TypeError(`${task}: a URL must begin with file:, got ${path.protocol}`);
    const { fileURLToPath } = await import("node:url");
    return fileURLToPath(path);
  }
  if (typeof path === "string" && path !== "") return path;
  throw new TypeError(`${task}: path must be a non-empty string or a URL, got ${JSON.stringify(path) ?? typeof path}`);
}
