import { checkJournalKind } from "./check_journal_kind.ts";
import { explainJournalError } from "./explain_journal_error.ts";
import { JournalError } from "./journal_error.ts";
import { journalPath } from "./journal_path.ts";
import { loadSqlite, type SqlDatabase } from "./load_sqlite.ts";
import type { Fingerprint } from "./name_difference.ts";
import { readFingerprint } from "./read_fingerprint.ts";
import { readTrials } from "./read_trials.ts";
import type { Trial } from "../trials/trial.ts";

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
  const opened: SqlDatabase[] = [];
  try {
    // To open for reading alone makes no new file, but leaves SQLite's own two files behind; the other one clears up.
    opened.push(new DatabaseSync(name, { readOnly: true }));
    beginReading(opened[0]);
    if (checkJournalKind(opened[0], task) === 0) throw new JournalError(`${task}: the file is empty`);
    try {
      opened.push(new DatabaseSync(name));
      beginReading(opened[1]);
      checkJournalKind(opened[1], task);
    } catch {
      // There is no permission to write.
    }
    const database = opened.at(-1)!;
    return { fingerprint: readFingerprint(database), trials: readTrials(database) };
  } catch (error) {
    throw explainJournalError(task, error);
  } finally {
    for (const database of opened) {
      try {
        database.close();
      } catch {
        // Nothing was written.
      }
    }
  }
}

/** All that is read from now on is as it stood at one moment, whatever other processes write meanwhile. */
function beginReading(database: SqlDatabase): void {
  database.exec("PRAGMA busy_timeout = 10000; BEGIN");
}
