import { checkJournalKind } from "./check_journal_kind.ts";
import { explainJournalError } from "./explain_journal_error.ts";
import { JournalError } from "./journal_error.ts";
import { journalPath } from "./journal_path.ts";
import { loadSqlite, type SqlDatabase } from "./load_sqlite.ts";
import type { Fingerprint } from "./name_difference.ts";
import { readFingerprint } from "./read_fingerprint.ts";
import { readTrials } from "./read_trials.ts";
import type { Trial } from "./trial.ts";

/** What a journal holds. */
export interface JournalContent {
  /** What the search is. */
  fingerprint: Fingerprint;
  /** Its trials, in the order of their numbers; one that a process works on is `running`. */
  trials: Trial[];
}

/**
 * Reads the journal of a search, whichever search it is, while others work on it or when they are done. It writes no
 * result and claims nothing.
 *
 * @param path The file, which must be there.
 * @throws {JournalError} If it is no journal, is damaged or cannot be read.
 */
export async function readJournal(path: string | URL): Promise<JournalContent> {
  const name = journalPath(path, "Cannot read journal");
  const task = `Cannot read journal "${name}"`;
  const { DatabaseSync } = await loadSqlite(task);
  let database: SqlDatabase | undefined;
  try {
    database = new DatabaseSync(name, { readOnly: true });
    database.exec("PRAGMA busy_timeout = 10000");
    if (checkJournalKind(database, task)) throw new JournalError(`${task}: the file is empty`);
    database.exec("BEGIN");
    return { fingerprint: readFingerprint(database), trials: readTrials(database) };
  } catch (error) {
    throw explainJournalError(task, error);
  } finally {
    try {
      database?.close();
    } catch {
      // Nothing was written.
    }
  }
}
