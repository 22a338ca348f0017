import { checkNumber } from "../../errors/check_number.ts";
import { checkOptions } from "../../errors/check_options.ts";
import { checkJournalKind } from "./check_journal_kind.ts";
import { checkRows } from "./check_rows.ts";
import { explainJournalError } from "./explain_journal_error.ts";
import { Journal } from "./journal.ts";
import { JournalError } from "./journal_error.ts";
import { journalPath } from "./journal_path.ts";
import { JOURNAL_TABLES } from "./journal_schema.ts";
import { loadSqlite, type SqlDatabase } from "./load_sqlite.ts";
import { type Fingerprint, nameDifference } from "./name_difference.ts";
import { readFingerprint, sealFingerprint } from "./read_fingerprint.ts";
import { upgradeJournal } from "./upgrade_journal.ts";
import { runTransaction } from "./run_transaction.ts";

/** Options of {@link openJournal}. */
export interface JournalOptions {
  /** Seconds between two heartbeats; 0 for none but those that are asked for. Default: 1. */
  readonly heartbeatSeconds?: number;
  /** A process whose last heartbeat is older has died, and its trials are taken over. Default: 10. */
  readonly staleSeconds?: number;
  /** Seconds between two checkpoints of one run; an epoch that ends earlier needs none. Default: 0.25. */
  readonly checkpointSeconds?: number;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  readonly now?: () => number;
  /** How to load SQLite. Default: `node:sqlite`. */
  readonly load?: () => Promise<unknown>;
}

const BUSY_MS = 10_000;

/**
 * Opens the journal of a search, and makes it if there is none. Several processes on one machine may have it open at once.
 *
 * In Deno it needs `--allow-read` and `--allow-write` of the path alone. Beside the file SQLite keeps two others while it
 * is open, with `-wal` and `-shm` after the name; they go when the last process closes it, and are needed if it was killed.
 *
 * @param path The file.
 * @param fingerprint What tells this search from others: space, sampler, seed, data, epochs, version …
 * Every row has a checksum. A journal from before there were any opens as well, and gets them.
 *
 * @throws {JournalError} If it is the journal of another search (the message names the difference), of a later version or
 *   no journal at all, is damaged in a single bit of what was recorded, or cannot be read and written. The file is left as it is.
 * @throws {RangeError} If the path names no file, as `:memory:` does.
 */
export async function openJournal(
  path: string | URL,
  fingerprint: Fingerprint,
  options: JournalOptions = {},
): Promise<Journal> {
  const name = journalPath(path, "Cannot open journal");
  const task = `Cannot open journal "${name}"`;
  checkOptions("open journal", options, ["heartbeatSeconds", "staleSeconds", "checkpointSeconds", "now", "load"]);
  const { heartbeatSeconds = 1, staleSeconds = 10, checkpointSeconds = 0.25, now = Date.now, load } = options;
  checkNumber("open journal", "heartbeatSeconds", heartbeatSeconds, { min: 0 });
  checkNumber("open journal", "staleSeconds", staleSeconds, { min: heartbeatSeconds });
  checkNumber("open journal", "checkpointSeconds", checkpointSeconds, { min: 0 });

  const { DatabaseSync } = await loadSqlite(task, load);
  let database: SqlDatabase | undefined;
  try {
    database = new DatabaseSync(name);
    database.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    const format = readAtOnce(database, (open) => checkJournalKind(open, task));
    const isWal = await useWal(database);
    if (format === 0) createTables(database, fingerprint, task);
    readAtOnce(database, (open) => {
      compareFingerprint(open, fingerprint, task);
      if (format === 0) return;
      checkPages(open);
      checkRows(open);
    });
    if (format === 1) upgradeJournal(database, task);
    return new Journal(database, {
      path: name,
      heartbeatMs: 1000 * heartbeatSeconds,
      staleMs: 1000 * staleSeconds,
      checkpointMs: 1000 * checkpointSeconds,
      isWal,
      now,
    });
  } catch (error) {
    try {
      database?.close();
    } catch {
      // The first error says more.
    }
    throw explainJournalError(task, error);
  }
}

/** Reads in one transaction: all of it as it stood at one moment, whatever other processes write meanwhile. */
function readAtOnce<T>(database: SqlDatabase, read: (database: SqlDatabase) => T): T {
  return runTransaction(database, "BEGIN", () => read(database));
}

/** Switches to a write-ahead log; another process that does the same may be in the way for a moment. */
async function useWal(database: SqlDatabase): Promise<boolean> {
  const end = performance.now() + BUSY_MS;
  for (;;) {
    try {
      const mode = database.prepare("PRAGMA journal_mode = WAL").get()!.journal_mode;
      database.exec(`PRAGMA synchronous = ${mode === "wal" ? "NORMAL" : "FULL"}`);
      return mode === "wal";
    } catch (error) {
      if (performance.now() >= end || !/locked|busy/.test(String(error))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Makes the tables, unless another process has just made them: all or nothing. */
function createTables(database: SqlDatabase, fingerprint: Fingerprint, task: string): void {
  runTransaction(database, "BEGIN IMMEDIATE", () => {
    if (checkJournalKind(database, task) !== 0) return;
    database.exec(JOURNAL_TABLES);
    database.prepare("INSERT INTO settings VALUES ('fingerprint', ?)").run(JSON.stringify(fingerprint));
    sealFingerprint(database);
  });
}

function compareFingerprint(database: SqlDatabase, fingerprint: Fingerprint, task: string): void {
  const difference = nameDifference(readFingerprint(database), fingerprint);
  if (difference === undefined) return;
  throw new JournalError(
    `${task}: it must be of the same search, but they differ in ${difference}; use another file for another search`,
  );
}

/** Looks for damage before anything is written. */
function checkPages(database: SqlDatabase): void {
  const found = database.prepare("PRAGMA quick_check(1)").get()!.quick_check;
  if (found !== "ok") throw new Error(`malformed: ${found}`);
}
