/**
 * The error for a file whose content breaks its format: cut short, damaged, hostile or simply not such a file.
 *
 * The message says what could not be read, which tensor or place in the file, the rule, and what was found. Nothing
 * else is thrown for the content of a file, so `error instanceof FileFormatError` tells bad bytes from a bug.
 */
export class FileFormatError extends Error {
  /** Always `"FileFormatError"`. */
  override readonly name: string = "FileFormatError";
}
