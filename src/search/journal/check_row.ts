import { DamagedRow } from "./damaged_row.ts";
import { JOURNAL_ROWS, type JournalTable } from "./journal_schema.ts";
import type { SqlRow } from "./load_sqlite.ts";
import { rowChecksum } from "./row_checksum.ts";

/**
 * Compares a row with its checksum. Rows of a journal of format 1 have none, and no such column.
 *
 * @throws {DamagedRow} If it is another one.
 */
export function checkRow(table: JournalTable, row: SqlRow): void {
  if (!("checksum" in row)) return;
  const { values, keys } = JOURNAL_ROWS[table];
  if (row.checksum === rowChecksum(table, [...keys, ...values].map((name) => row[name]))) return;
  throw new DamagedRow(`the row ${keys.map((key) => `${key} ${row[key]}`).join(", ")} of ${table}`);
}
