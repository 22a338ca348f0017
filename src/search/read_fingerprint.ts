import type { SqlDatabase } from "./load_sqlite.ts";
import type { Fingerprint } from "./name_difference.ts";

/** The fingerprint that a journal holds. */
export function readFingerprint(database: SqlDatabase): Fingerprint {
  const row = database.prepare("SELECT value FROM settings WHERE name = 'fingerprint'").get();
  if (row === undefined) throw new Error("malformed: it has no fingerprint");
  return JSON.parse(row.value as string);
}
