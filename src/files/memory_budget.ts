import { FileFormatError } from "./file_format_error.ts";

/**
 * Counts the memory that reading a file takes, before it is taken, and refuses what goes over a limit.
 *
 * The counts are upper estimates in bytes of what V8 allocates, garbage included, so that a small hostile file
 * cannot make the reader build something large.
 */
export class MemoryBudget {
  #leftBytes: number;

  /** A budget of `limitBytes` bytes; `task` begins the error message, as in `"Cannot read safetensors file"`. */
  constructor(readonly limitBytes: number, readonly task: string) {
    this.#leftBytes = limitBytes;
  }

  /** Takes `bytes` from the budget for `purpose`. Throws a {@link FileFormatError} when there is not enough left. */
  spend(bytes: number, purpose: string): void {
    this.#leftBytes -= bytes;
    if (this.#leftBytes >= 0) return;
    throw new FileFormatError(
      `${this.task}: reading must not take more memory than the file's own size plus 1 MiB ` +
        `(${this.limitBytes} bytes), but ${purpose} would take it ${-this.#leftBytes} bytes over`,
    );
  }
}
