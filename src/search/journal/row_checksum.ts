import { xxh32 } from "../../files/xxh32.ts";
import type { SqlValue } from "./load_sqlite.ts";

/**
 * The checksum of a row of a journal: the 32-bit xxHash of its values, each with its type and length before it. SQLite has no NaN, which is
 * null there, and no −0; so they are hashed as what they come back as.
 *
 * @param table The name of the table.
 * @param values The values, in an order that is always the same.
 */
export function rowChecksum(table: string, values: readonly SqlValue[]): number {
  const encoder = new TextEncoder();
  let hash = xxh32(encoder.encode(table), 0);
  for (const value of values) {
    const isNull = value === null || Number.isNaN(value);
    const bytes = value instanceof Uint8Array ? value : encoder.encode(isNull ? "" : String(value));
    const type = isNull ? "null" : value instanceof Uint8Array ? "bytes" : typeof value;
    hash = xxh32(bytes, xxh32(encoder.encode(`${type} ${bytes.length}`), hash));
  }
  return hash;
}
