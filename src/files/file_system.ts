/** A file that is open, as `node:fs/promises` gives it: the parts that this library uses. */
export interface OpenFile {
  /** Writes up to `length` bytes of `bytes` from `offset` at the end of what was written before. */
  write(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesWritten: number }>;
  /** Reads up to `length` bytes into `bytes` at `offset`, from where the last read ended; 0 bytes at the end. */
  read(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  /** Returns when what was written is on the disk (fsync). */
  sync(): Promise<void>;
  /** Frees the file. */
  close(): Promise<void>;
}

/** What a path leads to. */
export interface FileStatus {
  /** Length in bytes. */
  readonly size: number;
  /** Whether it is a regular file. */
  isFile(): boolean;
  /** Whether it is a directory. */
  isDirectory(): boolean;
}

/** The part of `node:fs/promises` that this library uses; tests hand in one that fails. */
export interface FileSystem {
  /** Opens a file: `"wx"` makes a new one to write, `"r"` reads. */
  open(path: string | URL, flags: "wx" | "r"): Promise<OpenFile>;
  /** Renames a file; a file of the new name is replaced in one step. */
  rename(from: string | URL, to: string | URL): Promise<void>;
  /** Removes a file. */
  unlink(path: string | URL): Promise<void>;
  /** Says what a path leads to. */
  stat(path: string | URL): Promise<FileStatus>;
}
