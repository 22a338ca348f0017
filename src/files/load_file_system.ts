import type { FileSystem } from "./file_system.ts";
import { loadNodeModule } from "./load_node_module.ts";

/** Options of {@link loadFileSystem}. */
export interface LoadFileSystemOptions {
  /** What the user can do where there is no file system; ends the message of the error. */
  readonly instead: string;
  /** How to load it. Default: `node:fs/promises`, which Deno, Node and Bun have. */
  readonly load?: () => Promise<unknown>;
}

/**
 * Loads the runtime's file system when called, not before, so that browsers and edge runtimes can import this library.
 *
 * Throws an `Error` that begins with `task` and ends with `instead` where there is no file system.
 */
export async function loadFileSystem(task: string, options: LoadFileSystemOptions): Promise<FileSystem> {
  let cause: unknown;
  try {
    const system = await (options.load?.() ?? loadNodeModule("node:fs/promises")) as FileSystem;
    if (typeof system.open === "function") return system;
  } catch (error) {
    cause = error;
  }
  throw new Error(`${task}: the runtime must have a file system, but this one has none; ${options.instead}`, { cause });
}
