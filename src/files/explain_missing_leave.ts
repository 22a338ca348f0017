import { nameFolder } from "./name_beside.ts";

/** The error for a file that Deno may not write: what it must be run with. */
export function explainMissingLeave(task: string, path: string | URL, cause?: unknown): Error {
  const name = nameOf(path);
  const folder = nameOf(nameFolder(path));
  return new Error(
    `${task}: Deno must have leave to write it, but has none; run it with --allow-write=${name}, or with ` +
      `--allow-read=${folder} --allow-write=${folder} to replace it whole or not at all`,
    cause === undefined ? undefined : { cause },
  );
}

function nameOf(path: string | URL): string {
  return path instanceof URL ? decodeURIComponent(path.pathname) : path;
}
