import { describeValue } from "../errors/describe_value.ts";
import { resolveFilePath } from "../files/resolve_file_path.ts";

/**
 * The path among the options of a callback, under its own name or Keras's.
 *
 * @param what What is being done, as a verb phrase.
 * @param options The options.
 * @param kerasName What Keras calls the option: `filepath`.
 * @returns The path.
 * @throws {TypeError} If there is none or two, or it is neither a string nor a `file:` URL.
 */
export function checkPath<Name extends string>(
  what: string,
  options: { path?: string | URL } & { [K in Name]?: string | URL },
  kerasName: Name,
): string | URL {
  const other: string | URL | undefined = options[kerasName];
  if (options.path !== undefined && other !== undefined) {
    throw new TypeError(`Cannot ${what}: path and ${kerasName} exclude each other, got both`);
  }
  const path = options.path ?? other;
  if (path instanceof URL && path.protocol === "file:") return path;
  if (typeof path === "string" && path !== "") return resolveFilePath(path, `Cannot ${what}`);
  throw new TypeError(
    `Cannot ${what}: path must be a non-empty string or a file: URL, got ${
      path instanceof URL ? path.href : describeValue(path)
    }`,
  );
}
