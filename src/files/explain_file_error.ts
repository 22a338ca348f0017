const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a directory",
  EEXIST: "something of that name is in the way",
  ENOTEMPTY: "it is a directory",
  EACCES: "there is no permission",
  EPERM: "there is no permission",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file is larger than the system allows",
  ENAMETOOLONG: "the path is too long",
};

/** The error for a failed file operation: `task`, what is wrong in plain words, and the system's own words. */
export function explainFileError(task: string, cause: unknown): Error {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = (cause as { code?: unknown } | null | undefined)?.code;
  const reason = (cause as Error | undefined)?.name === "NotCapable"
    ? "there is no permission"
    : typeof code === "string" && Object.hasOwn(REASONS, code)
    ? REASONS[code]
    : undefined;
  return new Error(reason === undefined ? `${task}: ${message}` : `${task}: ${reason} (${message})`, { cause });
}
