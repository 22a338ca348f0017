/** Marks the file as ours, in its header: "rprp". */
export const JOURNAL_APPLICATION_ID = 0x72707270;

/** The version of the tables below. One of version 1 is read, and upgraded when it is opened; others are refused. */
export const JOURNAL_FORMAT = 2;

/** Fold and seed of the row of `runs` that stands for a whole trial. */
export const WHOLE_TRIAL = -1;

/** What the checksums of rows cover: the key of each table, and its other columns. */
export const JOURNAL_ROWS = {
  trials: {
    keys: ["id"],
    values: ["params", "status", "score", "standard_error", "history", "epochs", "seconds", "attempts", "reason"],
  },
  runs: { keys: ["trial", "fold", "seed"], values: ["attempts", "is_done", "score", "history", "epochs"] },
  states: { keys: ["trial", "fold", "seed"], values: ["epochs", "history", "bytes"] },
} as const;

/** A table whose rows have checksums. */
export type JournalTable = keyof typeof JOURNAL_ROWS;

/**
 * The tables of a journal.
 *
 * `settings` holds the fingerprint. `owners` has a row for every process at work, with the time of its last heartbeat in
 * milliseconds. A row of `trials` is made when the trial is proposed, and is filled when it ends. A row of `runs` is made
 * when a run (or, with fold -1 and seed -1, a whole trial) is claimed: `owner` is who works on it now. `states` holds
 * what a run needs to go on from its last checkpoint; its row goes when the trial ends. `checksum` is that of the row's values, except
 * that owners come and go without it; the fingerprint's is a row of `settings`.
 */
export const JOURNAL_TABLES = `
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE owners (owner TEXT PRIMARY KEY, beat INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE trials (
  id INTEGER PRIMARY KEY, params TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'waiting', score REAL, standard_error REAL,
  history TEXT NOT NULL DEFAULT '{}', epochs INTEGER NOT NULL DEFAULT 0, seconds REAL NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0, reason TEXT, checksum INTEGER
);
CREATE TABLE runs (
  trial INTEGER NOT NULL, fold INTEGER NOT NULL, seed INTEGER NOT NULL, owner TEXT, attempts INTEGER NOT NULL DEFAULT 0,
  is_done INTEGER NOT NULL DEFAULT 0, score REAL, history TEXT, epochs INTEGER NOT NULL DEFAULT 0,
  checksum INTEGER, PRIMARY KEY (trial, fold, seed)
) WITHOUT ROWID;
CREATE INDEX claimed ON runs (owner) WHERE owner IS NOT NULL;
CREATE TABLE states (
  trial INTEGER NOT NULL, fold INTEGER NOT NULL, seed INTEGER NOT NULL, epochs INTEGER NOT NULL,
  history TEXT NOT NULL, bytes BLOB NOT NULL, checksum INTEGER, PRIMARY KEY (trial, fold, seed)
);
PRAGMA application_id = ${JOURNAL_APPLICATION_ID};
PRAGMA user_version = ${JOURNAL_FORMAT};
`;
