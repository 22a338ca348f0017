import { loadNodeModule } from "../files/load_node_module.ts";
import { explainFileError } from "../files/explain_file_error.ts";

/** A text file that grows line by line. It is open only while it is written, so nothing has to be closed after an error. */
export class LogFile {
  /** Where the file is. */
  readonly path: string | URL;
  /** The path in quotes, for messages. */
  readonly name: string;

  constructor(path: string | URL) {
    this.path = path;
    this.name = JSON.stringify(String(path));
  }

  /** Begins the file anew with this text. Throws an `Error` that names the path and the reason. */
  async write(text: string): Promise<void> {
    await this.#use(`Cannot write file ${this.name}`, (system, path) => system.writeFile(path, text));
  }

  /** Makes sure that the file can be written, and leaves it as it is. Throws an `Error` that names the path and the reason. */
  async open(): Promise<void> {
    await this.#use(`Cannot write file ${this.name}`, (system, path) => system.appendFile(path, ""));
  }

  /** Adds text to the end of the file. Throws an `Error` that names the path and the reason. */
  async append(text: string): Promise<void> {
    await this.#use(`Cannot append to file ${this.name}`, (system, path) => system.appendFile(path, text));
  }

  /** The bytes in the file; 0 if it does not exist. Throws an `Error` that names the path and the reason. */
  async countBytes(): Promise<number> {
    return await this.#use(`Cannot read file ${this.name}`, async (system, path) => {
      const found = await system.stat(path).catch((error) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      return found?.size ?? 0;
    });
  }

  /** Cuts the file off after so many bytes. Throws an `Error` that names the path and the reason. */
  async truncate(bytes: number): Promise<void> {
    await this.#use(`Cannot write file ${this.name}`, (system, path) => system.truncate(path, bytes));
  }

  /**
   * What a file begins with, at most `count` bytes of it, and whether its last line is complete; null if it does not exist or is
   * empty. Throws an `Error` that names the path and the reason.
   */
  async readEnds(count: number): Promise<{ readonly start: string; readonly isLineComplete: boolean } | null> {
    return await this.#use(`Cannot read file ${this.name}`, async (system, path) => {
      const file = await system.open(path, "r").catch((error) => {
        if (error.code === "ENOENT") return null;
        throw error;
      });
      if (file === null) return null;
      try {
        const { size } = await file.stat();
        if (size === 0) return null;
        const bytes = new Uint8Array(Math.min(size, count));
        const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
        const last = new Uint8Array(1);
        await file.read(last, 0, 1, size - 1);
        return { start: new TextDecoder().decode(bytes.subarray(0, bytesRead)), isLineComplete: last[0] === 10 };
      } finally {
        await file.close();
      }
    });
  }

  async #use<T>(
    task: string,
    use: (system: typeof import("node:fs/promises"), path: string | URL) => Promise<T>,
  ): Promise<T> {
    try {
      return await use(await loadNodeModule<typeof import("node:fs/promises")>("node:fs/promises"), this.path);
    } catch (cause) {
      throw explainFileError(task, cause);
    }
  }
}
