/** A longer text is no path: systems take up to 4,096 bytes. */
const MAX_LENGTH = 4096;

/** Whether it is a URL, or text that may be a path: neither too long nor with bytes that no path has. */
export function isPathLike(path: unknown): path is string | URL {
  return path instanceof URL || typeof path === "string" && path.length <= MAX_LENGTH && !path.includes("\0");
}

/**
 * Checks a path: a non-empty string or a `file:` URL, which may be text, too: `"file:///tmp/m"`. The file systems of Deno, Node and Bun
 * take strings and URLs, so nothing else is converted.
 *
 * @throws TypeError that begins with `task`
 */
export function resolveFilePath(path: string | URL, task: string): string | URL {
  const isText = typeof path === "string";
  if (isText && !isPathLike(path)) {
    throw new TypeError(
      `${task}: a path must have at most ${MAX_LENGTH} characters and no NUL, got text of ${
        (path as string).length
      } characters; the ` +
        "content of a file is a Uint8Array",
    );
  }
  const url = isText && /^file:\/\//i.test(path) ? parseUrl(path) : path;
  if (url instanceof URL) {
    if (url.protocol === "file:") return url;
    throw new TypeError(`${task}: a URL must begin with file:, got ${url.protocol}`);
  }
  if (typeof url === "string" && url !== "") return url;
  const found = url === "" ? '""' : typeof url === "number" ? String(url) : url === null ? "null" : typeof url;
  throw new TypeError(`${task}: path must be a non-empty string or a URL, got ${found}`);
}

/** The URL that a text is; the text itself, if it is none. */
function parseUrl(text: string): URL | string {
  try {
    return new URL(text);
  } catch {
    return text;
  }
}
