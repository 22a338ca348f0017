/**
 * The error for a journal that cannot be opened, read or written: another search's, another version's, damaged, on a
 * full or read-only disk, locked.
 *
 * A search that gets one while it runs keeps its results in memory.
 */
export class JournalError extends Error {
  /** Always `"JournalError"`. */
  override readonly name: string = "JournalError";
}
