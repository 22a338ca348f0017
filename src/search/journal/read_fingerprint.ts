import { DamagedRow } from "./damaged_row.ts";
import type { SqlDatabase } from "./load_sqlite.ts";
import type { Fingerprint } from "./name_difference.ts";
import { rowChecksum } from "./row_checksum.ts";

/** The fingerprint that a journal holds. @throws {DamagedRow} If it is not what was written, or there is none. */
export function readFingerprint(database: SqlDatabase): Fingerprint {
  const row = database.prepare("SELECT value FROM settings WHERE name = 'fingerprint'").get();
  if (row === undefined) throw new DamagedRow("its fingerprint");
  const checksum = database.prepare("SELECT value FROM settings WHERE name = 'checksum'").get();
  const isFormat1 = database.prepare("PRAGMA user_version").get()!.user_version === 1;
  if (!isFormat1 && checksum?.value !== checksumOf(row.value as string)) throw new DamagedRow("its fingerprint");
  try {
    return JSON.parse(row.value as string);
  } catch {
    throw new DamagedRow("its fingerprint");
  }
}

/** Writes the checksum of the fingerprint as it stands in a journal. */
export function sealFingerprint(database: SqlDatabase): void {
  const { value } = database.prepare("SELECT value FROM settings WHERE name = 'fingerprint'").get()!;
  database.prepare("INSERT OR REPLACE INTO settings VALUES ('checksum', ?)").run(checksumOf(value as string));
}

function checksumOf(fingerprint: string): string {
  return String(rowChecksum("settings", ["fingerprint", fingerprint]));
}
