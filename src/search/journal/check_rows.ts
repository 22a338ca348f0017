import { checkRow } from "./check_row.ts";
import { JOURNAL_ROWS } from "./journal_schema.ts";
import type { SqlDatabase } from "./load_sqlite.ts";
import { readTrials } from "./read_trials.ts";

/** Looks at every row of a journal. @throws {DamagedRow} If one is not what was written. */
export function checkRows(database: SqlDatabase): void {
  readTrials(database);
  // One by one: a checkpoint may be large.
  const { keys } = JOURNAL_ROWS.states;
  const statement = database.prepare("SELECT * FROM states WHERE trial = ? AND fold = ? AND seed = ?");
  for (const row of database.prepare(`SELECT ${keys.join(", ")} FROM states`).all()) {
    checkRow("states", statement.get(...keys.map((key) => row[key]))!);
  }
}
