/** A file that is open, as `node:fs/promises` gives it: the parts that this library uses. */
export interface OpenFile {
  /** Writes up to `length` bytes of `bytes` from `offset`: at `position`, or at the end of what was written before. */
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position?: number,
  ): Promise<{ readonly bytesWritten: number }>;
  /** Reads up to `length` bytes into `bytes` at `offset`, from where the last read ended; 0 bytes at the end. */
  read(bytes: Uint8Array, offset: number, length: number): Promise<{ readonly bytesRead: number }>;
  /** Returns when what was written is on the disk (fsync). */
  sync(): Promise<void>;
  /** Frees the file. */
  close(): Promise<void>;
}

/** A file that is opened to be written over in place. */
export interface FileInPlace extends OpenFile {
  /** Makes the file `length` bytes long. */
  truncate(length: number): Promise<void>;
  /** Says what the file is. */
  stat(): Promise<FileStatus>;
}

/** What a path leads to. */
export interface FileStatus {
  /** Length in bytes. */
  readonly size: number;
  /** When it was last written, in milliseconds. */
  readonly mtimeMs?: number;
  /** Whether it is a regular file. */
  isFile(): boolean;
  /** Whether it is a directory. */
  isDirectory(): boolean;
}

/** The part of `node:fs/promises` that this library uses; tests hand in one that fails. */
export interface FileSystem {
  /** The numbers for flags. */
  readonly constants?: { readonly O_WRONLY: number; readonly O_CREAT: number };
  /** Opens a file: `"wx"` makes a new one to write, `"r"` reads; numbers are of `constants`. */
  open(path: string | URL, flags: "wx" | "r" | number): Promise<OpenFile>;
  /** Renames a file; a file of the new name is replaced in one step. */
  rename(from: string | URL, to: string | URL): Promise<void>;
  /** Removes a file. */
  unlink(path: string | URL): Promise<void>;
  /** Says what a path leads to. */
  stat(path: string | URL): Promise<FileStatus>;
  /** The names in a folder. */
  readdir?(path: string | URL): Promise<string[]>;
}
