import { JournalError } from "./journal_error.ts";
import { JOURNAL_APPLICATION_ID, JOURNAL_FORMAT } from "./journal_schema.ts";
import type { SqlDatabase } from "./load_sqlite.ts";

/**
 * Checks that a file is a journal of a format that can be read, and changes nothing.
 *
 * @returns The format; 0 if it is empty.
 * @throws {JournalError} If it is anything else.
 */
export function checkJournalKind(database: SqlDatabase, task: string): number {
  const isEmpty = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()!.n === 0;
  const application = database.prepare("PRAGMA application_id").get()!.application_id;
  const format = database.prepare("PRAGMA user_version").get()!.user_version;
  if (isEmpty && application === 0 && format === 0) return 0;
  if (application !== JOURNAL_APPLICATION_ID) {
    throw new JournalError(`${task}: the file must be a journal of a search, but it is another program's database`);
  }
  if (format === 1 || format === JOURNAL_FORMAT) return format;
  throw new JournalError(
    `${task}: its format must be version 1 or ${JOURNAL_FORMAT}, but another version of this library wrote version ${format}`,
  );
}
