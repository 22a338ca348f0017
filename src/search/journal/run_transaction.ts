import type { SqlDatabase } from "./load_sqlite.ts";

/**
 * Runs `act` in a transaction: all that it does, or nothing.
 *
 * @param begin `BEGIN IMMEDIATE` takes the right to write at once, so that nobody changes what was read
 */
export function runTransaction<T>(database: SqlDatabase, begin: "BEGIN" | "BEGIN IMMEDIATE", act: () => T): T {
  database.exec(begin);
  try {
    const result = act();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    try {
      database.exec("ROLLBACK");
    } catch {
      // SQLite has rolled back already.
    }
    throw error;
  }
}
