import { checkJournalKind } from "./check_journal_kind.ts";
import { JOURNAL_FORMAT, JOURNAL_ROWS, type JournalTable } from "./journal_schema.ts";
import type { SqlDatabase, SqlValue } from "./load_sqlite.ts";
import { sealFingerprint } from "./read_fingerprint.ts";
import { readTrials } from "./read_trials.ts";
import { runTransaction } from "./run_transaction.ts";
import { sealRow } from "./seal_row.ts";

/**
 * Turns a journal of format 1, whose rows have no checksums, into one of today's: all or nothing. What can be read is taken for right.
 *
 * @throws If a row cannot be read; then nothing is changed.
 */
export function upgradeJournal(database: SqlDatabase, task: string): void {
  runTransaction(database, "BEGIN IMMEDIATE", () => {
    if (checkJournalKind(database, task) !== 1) return; // another process has just done it
    readTrials(database);
    for (const table of Object.keys(JOURNAL_ROWS) as JournalTable[]) {
      database.exec(`ALTER TABLE ${table} ADD COLUMN checksum INTEGER`);
      const { keys } = JOURNAL_ROWS[table];
      const rows = database.prepare(`SELECT ${keys.join(", ")} FROM ${table}`).all();
      for (const row of rows) sealRow((sql) => database.prepare(sql), table, keys.map((key): SqlValue => row[key]));
    }
    sealFingerprint(database);
    database.exec(`PRAGMA user_version = ${JOURNAL_FORMAT}`);
  });
}
