import { explainFileError } from "./explain_file_error.ts";
import type { FileSystem } from "./file_system.ts";
import { loadFileSystem } from "./load_file_system.ts";
import { quotePath } from "./quote_path.ts";
import { resolveFilePath } from "./resolve_file_path.ts";

/** Options of {@link readFile}. */
export interface ReadFileOptions {
  /** The file system to read from. Default: the runtime's own. */
  readonly fileSystem?: FileSystem;
  /** A file that is larger is refused. */
  readonly maxBytes?: number;
}

/**
 * Reads a whole regular file, by its path or its `file:` URL. Allocates the size that the file has, once; the bytes begin at offset 0 of their buffer.
 *
 * Throws an `Error` that names the path and the reason, with the system's error as its `cause` where there is one:
 * not found, a directory, a device or a pipe, no permission, a file that gets shorter or longer while it is read.
 * Where there is no file system, as in a browser, the error says to hand in bytes. Deno asks for `--allow-read` of the
 * file.
 */
export async function readFile(path: string | URL, options: ReadFileOptions = {}): Promise<Uint8Array<ArrayBuffer>> {
  const task = `Cannot read file ${quotePath(path)}`;
  const source = resolveFilePath(path, task);
  const system = options.fileSystem ?? await loadFileSystem(task, { instead: "hand in the bytes of the file" });
  try {
    const status = await system.stat(source);
    if (status.isDirectory()) throw new Error("it is a directory");
    if (!status.isFile()) throw new Error("it must be a regular file, but it is a device, a pipe or a socket");
    if (options.maxBytes !== undefined && status.size > options.maxBytes) {
      throw new Error(`it must have at most ${options.maxBytes} bytes, got ${status.size}`);
    }
    return await readBytes(system, source, status.size);
  } catch (cause) {
    throw explainFileError(task, cause);
  }
}

async function readBytes(system: FileSystem, path: string | URL, size: number): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(size);
  const file = await system.open(path, "r");
  try {
    let read = 0;
    while (read < size) {
      const { bytesRead } = await file.read(bytes, read, size - read);
      if (bytesRead === 0) throw new Error(`the file ended after ${read} of its ${size} bytes while it was read`);
      read += bytesRead;
    }
    const { bytesRead } = await file.read(new Uint8Array(1), 0, 1);
    if (bytesRead > 0) throw new Error(`the file grew past its ${size} bytes while it was read`);
    return bytes;
  } finally {
    await file.close();
  }
}
