import { JOURNAL_ROWS, type JournalTable } from "./journal_schema.ts";
import type { SqlStatement, SqlValue } from "./load_sqlite.ts";
import { rowChecksum } from "./row_checksum.ts";

/**
 * Writes the checksum of a row as it stands in the journal. It belongs into the transaction that changed the row.
 *
 * @param prepare Prepares a statement.
 * @param key The row's key, in the order of the schema.
 */
export function sealRow(prepare: (sql: string) => SqlStatement, table: JournalTable, key: readonly SqlValue[]): void {
  const { keys, values } = JOURNAL_ROWS[table];
  const where = keys.map((name) => `${name} = ?`).join(" AND ");
  const row = prepare(`SELECT ${[...keys, ...values].join(", ")} FROM ${table} WHERE ${where}`).get(...key);
  if (row === undefined) return;
  const checksum = rowChecksum(table, [...keys, ...values].map((name) => row[name]));
  prepare(`UPDATE ${table} SET checksum = ? WHERE ${where}`).run(checksum, ...key);
}
