import type { FileSystem } from "./file_system.ts";

/**
 * Loads the runtime's file system: `node:fs/promises`, which Deno, Node and Bun have.
 *
 * Loaded when called, so that browsers and edge runtimes can import this library. Throws an `Error` that begins with
 * `task` and ends with `instead` where there is no file system.
 */
export async function loadFileSystem(task: string, instead: string): Promise<FileSystem> {
  let cause: unknown;
  try {
    const system = await import("node:fs/promises") as unknown as FileSystem;
    if (typeof system.open === "function") return system;
  } catch (error) {
    cause = error;
  }
  throw new Error(`${task}: the runtime must have a file system, but this one has none; ${instead}`, { cause });
}
