import { JournalError } from "./journal_error.ts";

/** What SQLite says, and what it means here. */
const REASONS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/disk is full/, "the disk is full"],
  [/disk I\/O error/, "the disk cannot be read or written: it is full, over its quota, or failing"],
  [/readonly database/, "the file or its folder is read-only"],
  [/unable to open/, "the folder must exist, and both it and the file must be writable"],
  [/malformed/, "the file is damaged or cut short; it was left as it is"],
  [/not a database/, "the file is no SQLite database, or its start is damaged; it was left as it is"],
  [/is locked|is busy/, "another process has kept the file locked for too long"],
];

/**
 * The error for a failed operation on a journal: the task, what is wrong in plain words, and SQLite's own words.
 *
 * @param task What was being done: `Cannot open journal "run.db"`.
 * @param cause What was thrown.
 * @returns The error to throw; `cause` itself if it is one of ours.
 */
export function explainJournalError(task: string, cause: unknown): JournalError {
  if (cause instanceof JournalError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  const reason = REASONS.find(([pattern]) => pattern.test(message))?.[1];
  return new JournalError(reason === undefined ? `${task}: ${message}` : `${task}: ${reason} (${message})`, { cause });
}
